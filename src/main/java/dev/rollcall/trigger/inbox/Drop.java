package dev.rollcall.trigger.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file as it was dropped. The same name with another inode or another last change is another drop.
 *
 * @param path whose bytes need not be text
 * @param changed when its name, rights or content changed last; renaming does not touch {@code written}
 */
record Drop(Path path, Kind kind, long size, long inode, FileTime written, FileTime changed) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\uFFFD");

    /** What its name says that it holds. */
    enum Kind {
        JSON(".json"),
        YAML(".yaml"),
        RESTART(".restart");

        private final String end;

        Kind(String end) {
            this.end = end;
        }

        static Optional<Kind> of(String name) {
            for (Kind kind : values()) {
                if (name.endsWith(kind.end) && !name.startsWith(".")) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Nothing if its name is none of a request, or it is gone by now. */
    static Optional<Drop> at(Path path) throws IOException {
        Optional<Kind> kind = Kind.of(String.valueOf(path.getFileName()));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, Object> facts =
                    Files.readAttributes(path, "unix:size,ino,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Drop(
                    path,
                    kind.get(),
                    (long) fact(facts, "size"),
                    (long) fact(facts, "ino"),
                    (FileTime) fact(facts, "lastModifiedTime"),
                    (FileTime) fact(facts, "ctime")));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static Object fact(Map<String, Object> facts, String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }

    boolean isPlain() {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** For people: a name may hold anything. */
    String name() {
        return CONTROL.matcher(String.valueOf(path.getFileName())).replaceAll("?");
    }

    /** Taken again after a crash it is the same request. */
    String key() {
        byte[] name = String.valueOf(path.getFileName()).getBytes(StandardCharsets.UTF_8);
        return String.format(
                Locale.ROOT,
                "file:%08x@%d-%d.%09d-%d",
                Arrays.hashCode(name),
                inode,
                written.toInstant().getEpochSecond(),
                written.toInstant().getNano(),
                size);
    }

    /**
     * A rename is the last thing that happens to a file that was written elsewhere; one that is being written has changed and been written at once. An empty one
     * may have been made and given its rights, and its content comes next.
     */
    boolean wasRenamed() {
        return size > 0 && changed.compareTo(written) > 0;
    }
}
