package dev.rollcall.linux;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the signals that Java has no call for. Only {@link Signaller} uses it.
 *
 * @param words program and arguments, before the signal's name and the pid
 */
record KillProgram(List<String> words) {
    /** Slim container images have no kill program; every shell has one built in. */
    static final KillProgram BY_SHELL = new KillProgram(List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill"));

    private static final Duration LIMIT = Duration.ofSeconds(5);

    static KillProgram find() {
        for (String program : List.of("/bin/kill", "/usr/bin/kill")) {
            if (new File(program).canExecute()) {
                return new KillProgram(List.of(program, "-s"));
            }
        }
        return BY_SHELL;
    }

    boolean send(String signal, long pid) {
        List<String> argv = new ArrayList<>(words);
        argv.add(signal);
        argv.add(Long.toString(pid));
        return HostCommand.run(argv, LIMIT).exit() == 0;
    }
}
