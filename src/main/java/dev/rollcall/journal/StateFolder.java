package dev.rollcall.journal;

import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders with mode 0700, files with mode 0600, files replaced as a whole. */
final class StateFolder {
    static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    StateFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    /** A file in a subfolder, which is made if need be. */
    Path file(String folder, String name) {
        return folder(folder).resolve(name);
    }

    /** A subfolder, which is made if need be and is on disk then. */
    Path folder(String name) {
        Path folder = root.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            List<Path> missing = missing(folder);
            Files.createDirectories(folder, OWNER_FOLDER);
            for (Path made : missing) {
                sync(made.resolveSibling("."));
            }
            return folder;
        } catch (IOException e) {
            throw failed("create", folder, e);
        }
    }

    /** Certainly: what may not be looked at may be there. */
    static boolean isMissing(Path path) {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> missing(Path folder) {
        return Stream.<@Nullable Path>iterate(folder, p -> p != null && !Files.exists(p), Path::getParent)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** A new name in a folder outlives a power cut only if the folder itself is brought to the disk. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** By a new file beside it and a rename: a reader sees the old text or the new, a crash leaves one of them. */
    void replace(Path file, String text) {
        Path fresh = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            try (FileChannel channel = FileChannel.open(fresh, options, OWNER_FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw failed("replace", file, e);
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    static JournalException failed(String verb, Path file, IOException cause) {
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof AccessDeniedException) {
            why = "that is not permitted";
        } else if (cause instanceof FileSystemException fse && fse.getReason() != null) {
            why = fse.getReason();
        }
        return new JournalException("tried to " + verb + " " + file + " but " + why
                + "; check space and rights there, or name another place with --state-dir");
    }
}
