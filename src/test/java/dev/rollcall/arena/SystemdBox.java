package dev.rollcall.arena;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real systemd in namespaces of its own, with nothing but the units that a test gives it. Its processes are seen from outside under other
 * pids; its files and ports are everybody's.
 */
public final class SystemdBox implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/lib/systemd/systemd");
    /** A whole restart is run by a unit, and systemctl waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String NO_DEPENDENCIES = "[Unit]\nDefaultDependencies=no\n";

    private final Path folder;
    private final Path group;
    private final Process outer;
    private List<String> inside = List.of();

    private SystemdBox(Path folder, Path group, Process outer) {
        this.folder = folder;
        this.group = group;
        this.outer = outer;
        // a test run that is cut off leaves no systemd either
        Runtime.getRuntime().addShutdownHook(new Thread(outer::destroyForcibly));
    }

    /** Skips the test where no systemd can be run: not root, not installed, a kernel or a container without the namespaces. */
    public static SystemdBox open() throws IOException {
        Optional<Path> groups = unifiedGroups();
        assumeTrue(Files.isExecutable(PROGRAM), "systemd is not installed; bin/verify does it");
        assumeTrue(groups.filter(Files::isWritable).isPresent(), "this host lets us make no control group");
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "rs").toRealPath();
        Path units = Files.createDirectory(folder.resolve("units"));
        Files.writeString(units.resolve("box.target"), NO_DEPENDENCIES);
        Path script = folder.resolve("systemd-box.sh");
        try (InputStream source = SystemdBox.class.getResourceAsStream("/arena/systemd-box.sh")) {
            Files.copy(source, script);
        }
        Path group = groups.get().resolve("rollcall-" + folder.getFileName());
        Process outer = new ProcessBuilder("sh", script.toString(), folder.toString(), group.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        SystemdBox box = new SystemdBox(folder, group, outer);
        try {
            await("systemd is up or has failed").atMost(Arena.PATIENCE).until(() -> !outer.isAlive() || box.isUp());
        } catch (ConditionTimeoutException e) {
            outer.destroyForcibly().onExit().join();
        }
        if (!outer.isAlive()) {
            String words = Files.readString(folder.resolve("log")).replace("\n", "; ");
            box.close();
            assumeTrue(false, "systemd cannot be run in a namespace here: " + words);
        }
        return box;
    }

    private static Optional<Path> unifiedGroups() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(mount -> mount[2].equals("cgroup2"))
                .map(mount -> Path.of(mount[1]))
                .findFirst();
    }

    private boolean isUp() throws IOException, InterruptedException {
        Optional<Long> init =
                outer.toHandle().children().map(ProcessHandle::pid).findFirst();
        if (init.isEmpty()) {
            return false;
        }
        inside = List.of("nsenter", "--target", init.get().toString(), "--mount", "--pid", "--uts", "--cgroup", "--");
        return run("systemctl", "is-active", "box.target").equals("active");
    }

    /** Words that run those after them inside; see {@link Launcher#within}. */
    public String[] inside() {
        return inside.toArray(String[]::new);
    }

    /** What a program inside says on standard output. */
    public String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(inside);
        command.addAll(List.of(words));
        Path out = Files.createTempFile(folder, "run", ".out");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("tried to run " + List.of(words) + " in the box but it did not end");
        }
        return Files.readString(out).strip();
    }

    /**
     * A template of units, {@code NAME@ARENA.service}, whose instances are stopped at its end.
     *
     * @param lines of its section {@code [Service]}; {@code %i} is the arena's id, and its folder's name below /tmp
     */
    public Template template(String name, String... lines) throws IOException, InterruptedException {
        String text = NO_DEPENDENCIES + "[Service]\n"
                + "Environment=" + Arena.MARKER + "=%i PYTHONDONTWRITEBYTECODE=1\n"
                + String.join("\n", lines) + "\n";
        Files.writeString(folder.resolve("units").resolve(name + "@.service"), text);
        run("systemctl", "daemon-reload");
        return new Template(name);
    }

    /** What units of one kind have in common. */
    public final class Template implements AutoCloseable {
        private final String name;

        private Template(String name) {
            this.name = name;
        }

        /** For {@link Surroundings#startLine}: systemd starts supervisord, and not the shell. */
        public String startLine() {
            return "exec " + String.join(" ", inside) + " systemctl start " + name + "@$" + Arena.MARKER;
        }

        /** The unit of an arena. */
        public String of(Arena arena) {
            return name + "@" + arena.folder().root().getFileName() + ".service";
        }

        /** As systemctl shows it. */
        public String property(Arena arena, String property) throws IOException, InterruptedException {
            return run("systemctl", "show", "--value", "-p", property, of(arena));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run("systemctl", "stop", name + "@*");
        }
    }

    /** Whoever is left inside ends with its pid 1. */
    @Override
    public void close() throws IOException {
        outer.children().forEach(ProcessHandle::destroyForcibly);
        outer.destroyForcibly();
        await("the box is empty")
                .atMost(Arena.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(this::isEmpty);
        if (Files.exists(group)) {
            // its files are the kernel's
            Folder.delete(group, Files::isDirectory);
        }
        Folder.delete(folder, path -> true);
    }

    private boolean isEmpty() throws IOException {
        Path events = group.resolve("cgroup.events");
        return !Files.exists(events) || Files.readString(events).contains("populated 0");
    }
}
