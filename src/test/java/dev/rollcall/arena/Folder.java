package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of an arena: {@code app}, {@code marks}, {@code log}, {@code state}, the configuration, the start script. */
public record Folder(Path root) {

    /** A short path: a unix socket's may have 107 characters. */
    static Folder create() throws IOException {
        Folder folder =
                new Folder(Files.createTempDirectory(Path.of("/tmp"), "ra").toRealPath());
        for (String name : new String[] {"app", "marks", "log"}) {
            Files.createDirectory(folder.root.resolve(name));
        }
        return folder;
    }

    public Path app() {
        return root.resolve("app");
    }

    public Path conf() {
        return root.resolve("supervisord.conf");
    }

    public Path state() {
        return root.resolve("state");
    }

    Path startScript() {
        return root.resolve("start.sh");
    }

    void write(Surroundings surroundings, String broker, int port) throws IOException {
        for (String name : new String[] {"tasks.py", "client.py", "pidbox.py", "hold.py"}) {
            try (InputStream source = Folder.class.getResourceAsStream("/arena/" + name)) {
                Files.copy(source, app().resolve(name));
            }
        }
        Files.writeString(app().resolve("settings.py"), "BROKER = '" + broker + "'\nMARKS = '" + root + "/marks'\n");
        Files.writeString(conf(), new Configuration(this, surroundings, port).text());
        Files.writeString(startScript(), script(surroundings), UTF_8);
    }

    private String script(Surroundings surroundings) throws IOException {
        Path from = root.resolve(surroundings.startedFrom.replaceFirst("^/", ""));
        Files.createDirectories(from);
        String exports = surroundings.environment.entrySet().stream()
                .map(e -> "export " + e.getKey() + "='" + e.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
        return "set -e\n" + exports + "export PYTHONDONTWRITEBYTECODE=1 "
                + Arena.MARKER
                + "=" + root.getFileName() + "\n"
                + String.join("\n", surroundings.startLines)
                + "\ncd '" + from + "'\nexec /usr/bin/supervisord -c " + conf() + "\n";
    }

    /** What a task has written under this name, as soon as it is there. */
    public String awaitMark(String taskId, String what) throws IOException {
        Path mark = mark(taskId, what);
        await(what + " of " + taskId)
                .atMost(Arena.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(mark));
        return Files.readString(mark);
    }

    public boolean hasMark(String taskId, String what) {
        return Files.exists(mark(taskId, what));
    }

    private Path mark(String taskId, String what) {
        return root.resolve("marks").resolve(taskId + "." + what);
    }

    /** Waits until a journal has an event of this type. */
    public void awaitEvent(String type) {
        await(type).atMost(Arena.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> journals()
                .contains('"' + type + '"'));
    }

    /** All journals of this state folder, one after the other. */
    public String journals() throws IOException {
        StringBuilder text = new StringBuilder();
        if (Files.isDirectory(state().resolve("runs"))) {
            try (Stream<Path> runs = Files.list(state().resolve("runs"))) {
                for (Path run : runs.sorted().toList()) {
                    text.append(Files.readString(run));
                }
            }
        }
        return text.toString();
    }

    /** Every file with its time and size, but for the logs of those that go on working. */
    public Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(p -> !isLog(p)).toList()) {
                contents.put(
                        root.relativize(path).toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
            }
        }
        return contents;
    }

    private boolean isLog(Path path) {
        return path.equals(root) || path.toString().matches(".*/log(/.*)?|.*\\.(log|out|err)");
    }

    void delete() throws IOException {
        HostLock.remove(conf());
        HostLock.remove(state().resolve("engine"));
        delete(root, path -> true);
    }

    /** What of a folder and below it may be deleted, the deepest first. */
    static void delete(Path root, Predicate<Path> what) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(what).sorted(Comparator.reverseOrder()).forEach(Folder::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (NoSuchFileException e) {
            // a socket or pid file that its owner has just removed itself
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
