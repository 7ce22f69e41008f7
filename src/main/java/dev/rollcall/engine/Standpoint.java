package dev.rollcall.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files as a process sees them from its directory; names may be absolute. Of one that Java cannot say in this locale nothing is known: it
 * counts as there.
 */
record Standpoint(String directory) {
    private static final Pattern FIRST_LINE = Pattern.compile("#![ \t]*([^ \t\n]+)");
    /** The kernel reads no more of a first line. */
    private static final int MOST = 256;

    private static final long LARGEST = 1 << 18;

    /** Where a command may be: a word with a slash is a path, any other is in a folder of this PATH. */
    static Stream<String> candidates(String word, String path) {
        return word.contains("/")
                ? Stream.of(word)
                : Stream.of(path.split(":", -1)).map(folder -> join(folder, word));
    }

    /** As Python joins them: no folder is the directory itself. */
    private static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** As a process sees them that has gone to a folder from here. */
    Standpoint in(String folder) {
        return new Standpoint(folder.startsWith("/") ? folder : join(directory, folder));
    }

    /** @param name an empty one is the directory itself */
    boolean canEnter(String name) {
        return test(name, folder -> Files.isDirectory(folder) && Files.isExecutable(folder));
    }

    boolean canExecute(String name) {
        return test(name, file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    boolean holds(String name) {
        return test(name, Files::exists);
    }

    /** What executes a script by its first line; nothing if it has none or may not be read. */
    Optional<String> interpreter(String script) {
        try (InputStream in = Files.newInputStream(Path.of(directory).resolve(script))) {
            Matcher line = FIRST_LINE.matcher(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
            return line.lookingAt() ? Optional.of(line.group(1)) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The text of a script; nothing if it is something else, larger than scripts are, or may not be read. */
    Optional<String> script(String name) {
        try {
            Path file = Path.of(directory).resolve(name);
            boolean small = Files.isRegularFile(file) && Files.size(file) <= LARGEST;
            Optional<String> text = small
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    : Optional.empty();
            return text.filter(t -> t.indexOf('\0') < 0);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean test(String name, Predicate<Path> question) {
        try {
            return question.test(Path.of(directory).resolve(name));
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
