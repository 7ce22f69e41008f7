package dev.rollcall.arena;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the packaged launcher, as a user would: own process, output to files, no terminal. */
public final class Launcher {
    private static final String LISTENING = "import os, signal, sys; "
            + "[signal.signal(s, signal.SIG_DFL) for s in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)]; "
            + "os.execv(sys.argv[1], sys.argv[1:])";

    private final Folder folder;
    private final String id;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory;
    private Optional<String> conf;
    private File input = new File("/dev/null");
    private List<String> before = List.of();
    private List<String> more = List.of();

    Launcher(Folder folder, String id) {
        this.folder = folder;
        this.id = id;
        directory = folder.root();
        conf = Optional.of(folder.conf().toString());
    }

    public static Path path() {
        return Path.of(System.getProperty("rollcall.launcher", "bin/rollcall")).toAbsolutePath();
    }

    /** What the launcher runs. */
    public static Path jar() {
        return path().resolveSibling("../target/rollcall.jar").normalize();
    }

    /** Run from this folder. */
    public Launcher from(Path folder) {
        directory = folder;
        return this;
    }

    /** {@code -c} with this text instead of the arena's own configuration. */
    public Launcher conf(String text) {
        conf = Optional.of(text);
        return this;
    }

    /** For commands that have no {@code -c}. */
    public Launcher withoutConf() {
        conf = Optional.empty();
        return this;
    }

    /** This text as standard input. */
    public Launcher input(String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder.root(), "run", ".err"), text);
        input = file.toFile();
        return this;
    }

    /** A variable that the caller of Rollcall has, and that is none of supervisord's business. */
    public Launcher environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The command and its options, on the arena's supervisord, with JSON as output. */
    public Run run(String... words) throws IOException, InterruptedException {
        return start(words).await();
    }

    public Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(path().toString()));
        command.addAll(Arrays.asList(words));
        command.addAll(more);
        conf.ifPresent(c -> command.addAll(1 + Math.min(1, words.length), List.of("-c", c)));
        command.addAll(List.of("--state-dir", folder.state().toString(), "--output", "json"));
        return exactly(command);
    }

    /** For who counts on every answer: a node under load may need longer than the default. */
    public Launcher patient() {
        more = List.of("--inspect-timeout", "20s");
        return this;
    }

    /** Run by another program, which gets the command line as its last words. */
    public Launcher within(String... words) {
        before = List.of(words);
        return this;
    }

    /** As from a terminal: a job in the background of a script, or below nohup, has INT or HUP ignored. */
    public Launcher interruptible() {
        before = List.of("/usr/bin/python3", "-c", LISTENING);
        return this;
    }

    /** These words and no others, the program first. */
    public Running exactly(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(words);
        Path out = Files.createTempFile(folder.root(), "run", ".out");
        Path err = Path.of(out.toString().replace(".out", ".err"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(Arena.MARKER, id);
        builder.redirectInput(input).redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }
}
