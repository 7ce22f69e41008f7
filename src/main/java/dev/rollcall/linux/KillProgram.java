package dev.rollcall.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends the signals that Java has no call for. Only {@link Signaller} uses it.
 *
 * @param words program and arguments, before the signal's name and the pid
 */
record KillProgram(List<String> words) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Slim container images have no kill program; every shell has one built in. */
    static KillProgram find() {
        return Stream.of("/bin/kill", "/usr/bin/kill")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .map(program -> new KillProgram(List.of(program, "-s")))
                .orElse(new KillProgram(List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill")));
    }

    boolean send(String signal, long pid) {
        List<String> argv = new ArrayList<>(words);
        argv.add(signal);
        argv.add(Long.toString(pid));
        return HostCommand.run(argv, LIMIT).exit() == 0;
    }
}
