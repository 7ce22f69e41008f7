package dev.rollcall.linux;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a running supervisord was started. */
final class Observation {
    private final Path proc;
    private final Systemd systemd;

    Observation(Path proc, Systemd systemd) {
        this.proc = proc;
        this.systemd = systemd;
    }

    /** @throws UncheckedIOException if it is gone or may not be read: half a recipe would start another supervisord */
    StartRecipe of(ProcessIdentity supervisord) {
        try {
            StatLine before = same(supervisord);
            StartRecipe recipe = read(before, proc.resolve(Long.toString(supervisord.pid())));
            same(supervisord);
            return recipe;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tried to read how supervisord (pid " + supervisord.pid() + ") was started but " + e.getMessage()
                            + "; run Rollcall as root or as its user",
                    e);
        }
    }

    private StatLine same(ProcessIdentity identity) throws IOException {
        return ProcReader.statOnly(proc)
                .stat(identity.pid())
                .filter(stat -> stat.startTicks() == identity.startTicks() && !stat.ended())
                .orElseThrow(() -> new IOException("it has ended"));
    }

    private StartRecipe read(StatLine stat, Path folder) throws IOException {
        List<String> argv = argv(folder);
        Map<String, String> environment = environment(folder);
        StatusFile status = StatusFile.read(folder);
        Outputs outputs = Outputs.read(folder);
        String unit = systemd.unitOf(stat.pid(), ControlGroup.of(Files.readString(folder.resolve("cgroup"))))
                .orElse("");
        return new StartRecipe(
                argv,
                StartDirectory.of(argv, environment, folder.resolve("cwd")),
                environment,
                status.uid(),
                status.gid(),
                status.groups(),
                status.umask(),
                LimitsFile.read(folder),
                foreground(stat, argv, outputs),
                outputs.file(),
                unit,
                Optional.of(new Scheduling(stat.nice(), status.cpus())).filter(Scheduling::isPossible));
    }

    /**
     * Supervisor's daemonize() forks once, calls setsid and opens /dev/null as output. So one that leads no session, or
     * writes elsewhere, has not daemonized. The parent tells nothing: a foreground one is orphaned too if its starter
     * ends. What this cannot see is {@code nodaemon=true} in the file together with all output to /dev/null; the
     * engine, which reads the file, adds that.
     */
    private static boolean foreground(StatLine stat, List<String> argv, Outputs outputs) {
        return argv.stream().anyMatch(Observation::forbidsDaemon) || stat.sid() != stat.pid() || !outputs.areNowhere();
    }

    /** {@code -n}, alone or among letters that take no value, and the long word or what getopt takes for it. */
    private static boolean forbidsDaemon(String word) {
        return word.matches("-[tks]*n.*") || word.matches("--no?d?.*") && "--nodaemon".startsWith(word);
    }

    private static List<String> argv(Path folder) throws IOException {
        List<String> argv = new ArrayList<>();
        for (String word : words(Files.readAllBytes(folder.resolve("cmdline")))) {
            byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
            argv.add(Octets.text(bytes, 0, bytes.length));
        }
        if (argv.isEmpty()) {
            throw new IOException("it has no command line");
        }
        return argv;
    }

    /** The environment it was started with, not what it made of it since. A word without a name cannot be repeated. */
    private static Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String word : words(Files.readAllBytes(folder.resolve("environ")))) {
            int equals = word.indexOf('=', 1);
            if (equals > 0) {
                environment.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return environment;
    }

    /** Each byte a char, each word ended by a zero byte; empty words count. */
    private static List<String> words(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> words = new ArrayList<>();
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = text.indexOf('\0', from);
            end = end < 0 ? text.length() : end;
            words.add(text.substring(from, end));
        }
        return words;
    }
}
