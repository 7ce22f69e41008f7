package dev.rollcall.celery;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's main process as its own files under /proc show it.
 *
 * @param environment as it was started with; empty if it may not be read. Holds secrets: never printed
 */
record Worker(ProcessEntry process, Arguments arguments, Map<String, String> environment) {

    /** Field 22 of its stat file, counted from the one after the name. */
    private static final int STARTED = 19;

    static Worker of(ProcessEntry process) {
        return new Worker(process, Arguments.of(process.argv()), environment(process.pid()));
    }

    /** This very process, to compare with. */
    static Worker self() {
        long pid = ProcessHandle.current().pid();
        ProcessEntry entry = new ProcessEntry(pid, 0, 0, 0, 0, 'R', 0, "", List.of(), Map.of());
        return new Worker(entry, new Arguments(List.of()), Map.of());
    }

    long pid() {
        return process.pid();
    }

    Path proc(String file) {
        return Path.of("/proc", Long.toString(pid()), file);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
    }

    Optional<String> app() {
        return arguments.app().or(() -> variable("CELERY_APP"));
    }

    Optional<Path> directory() {
        return link("cwd");
    }

    Optional<Path> link(String file) {
        try {
            return Optional.of(Files.readSymbolicLink(proc(file)));
        } catch (IOException e) {
            // gone, or not ours to read: both are "not known"
            return Optional.empty();
        }
    }

    /** The Python it runs on, by the name it was called by: that one finds its virtual environment, the executable would not. */
    Optional<Path> interpreter() {
        String called = process.argv().isEmpty() ? "" : process.argv().get(0);
        Optional<Path> named = called.startsWith("/") ? Optional.of(Path.of(called)) : onPath(called);
        return named.filter(Files::isExecutable).filter(Arguments::python).or(() -> Optional.of(process.exe())
                .filter(e -> !e.isEmpty())
                .map(Path::of)
                .filter(Arguments::python));
    }

    /** Where the worker itself would find a program. */
    Optional<Path> onPath(String program) {
        if (program.isEmpty() || program.contains("/") || program.startsWith("[")) {
            return Optional.empty();
        }
        for (String folder :
                variable("PATH").orElse("/usr/local/bin:/usr/bin:/bin").split(":")) {
            Path candidate = Path.of(folder.isEmpty() ? "/" : folder, program);
            if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether the pid still is this process; what was read of it before this is asked was then its own. */
    boolean stillThere() {
        try {
            String stat = Files.readString(proc("stat"), StandardCharsets.ISO_8859_1);
            // the name, in parentheses, may hold anything
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[STARTED]) == process.startTicks();
        } catch (IOException e) {
            return false;
        }
    }

    /** The lines of its status file by their names, e.g. Uid. */
    Map<String, String> status() {
        Map<String, String> lines = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(proc("status"), StandardCharsets.ISO_8859_1)) {
                String[] parts = line.split(":", 2);
                lines.put(parts[0], parts.length > 1 ? parts[1].strip() : "");
            }
        } catch (IOException e) {
            // it has ended; callers treat a missing line as "unknown", which never means more rights
            return Map.of();
        }
        return lines;
    }

    private static Map<String, String> environment(long pid) {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            String text =
                    Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            for (String pair : text.split("\0")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    String value = pair.substring(equals + 1);
                    variables.put(
                            pair.substring(0, equals),
                            new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // another user's: discovery goes on with what is open to all
            return Map.of();
        }
        return variables;
    }

    /** Never with the environment or the command line. */
    @Override
    public String toString() {
        return "process " + pid();
    }
}
