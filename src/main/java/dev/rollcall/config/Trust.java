package dev.rollcall.config;

import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** As root, what others may write must not tell us what to do. */
public final class Trust {
    private static final int STICKY = 01000;

    /** What a path is to us, and what others must not do with it. */
    public enum Kind {
        CONFIGURATION("configuration"),
        CERTIFICATE("certificate"),
        SECRET("secret"),
        INBOX("inbox"),
        ROUTES("routes folder"),
        STATE("state folder");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final Kind kind;
    private final List<String> problems = new ArrayList<>();

    private Trust(Kind kind) {
        this.kind = kind;
    }

    /** What is not there cannot be in wrong hands. All that is wrong is told at once, a line each. */
    public static void check(Path path, Kind kind) throws UsageException {
        if (!Us.isRoot() || !Files.exists(path)) {
            return;
        }
        Trust trust = new Trust(kind);
        try {
            trust.look(path);
        } catch (IOException e) {
            throw new UsageException("tried to check who may write " + path + " but " + e.getMessage()
                    + "; check that it is there and may be read");
        }
        if (!trust.problems.isEmpty()) {
            throw new UsageException(String.join("\n", trust.problems));
        }
    }

    private void look(Path path) throws IOException {
        Path real = path.toRealPath();
        writable(real, false);
        writable(folderOf(real), true);
        if (!folderOf(path.toAbsolutePath()).toRealPath().equals(folderOf(real))) {
            writable(folderOf(path.toAbsolutePath()).toRealPath(), true);
        }
        if (kind == Kind.SECRET && Files.getPosixFilePermissions(real).contains(PosixFilePermission.OTHERS_READ)) {
            problems.add(
                    "tried to use " + real + " as " + kind.word + " but everybody may read it; run: chmod o-r " + real);
        }
        if (kind == Kind.ROUTES && Files.isDirectory(real)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(real)) {
                for (Path file : files) {
                    writable(file.toRealPath(), false);
                }
            }
        }
    }

    private static Path folderOf(Path path) {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    /** @param around a folder that holds the thing: if it is sticky, others cannot replace what is ours in it */
    private void writable(Path path, boolean around) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        boolean excused = around && ((int) Files.getAttribute(path, "unix:mode") & STICKY) != 0;
        boolean others =
                rights.contains(PosixFilePermission.OTHERS_WRITE) || rights.contains(PosixFilePermission.GROUP_WRITE);
        boolean foreign = (int) Files.getAttribute(path, "unix:uid") != 0;
        if ((others && !excused) || foreign) {
            problems.add("tried to use " + path + " as " + (around ? "folder of the " : "") + kind.word
                    + " but others than root may write it; "
                    + (kind == Kind.STATE ? "look through it, then run" : "run")
                    + ": chown root " + path + " && chmod go-w " + path);
        }
    }
}
