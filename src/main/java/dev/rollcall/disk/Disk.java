package dev.rollcall.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** What is written here is on the disk when the call returns. */
public final class Disk {
    /** Mode 0600. */
    public static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<OpenOption> ANEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private Disk() {}

    /** The folder and those above it that are missing, with mode 0700. */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        List<Path> missing = Stream.<@Nullable Path>iterate(
                        folder.toAbsolutePath(), p -> p != null && !Files.exists(p), Path::getParent)
                .map(Objects::requireNonNull)
                .toList();
        Files.createDirectories(folder, OWNER_FOLDER);
        for (Path made : missing) {
            sync(made.resolveSibling("."));
        }
    }

    /** A new name in a folder outlives a power cut only if the folder itself is brought to the disk. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Where the channel stands. */
    public static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(true);
    }

    /**
     * By a new file beside it and a rename: a reader sees the old text or the new, a crash leaves one of them.
     *
     * @param mode of the new file, {@link #OWNER_FILE} as a rule; if none is given, that of the umask
     */
    public static void replace(Path file, byte[] bytes, FileAttribute<?>... mode) throws IOException {
        Path fresh = fresh(file);
        Files.deleteIfExists(fresh);
        try {
            try (FileChannel channel = FileChannel.open(fresh, ANEW, mode)) {
                write(channel, bytes);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(fresh, e);
            throw e;
        }
        sync(file.resolveSibling("."));
    }

    /** The same, in UTF-8. */
    public static void replace(Path file, String text, FileAttribute<?>... mode) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8), mode);
    }

    /** Of another process another one, and short: the name of the file may be as long as names can be. */
    private static Path fresh(Path file) {
        return file.resolveSibling("." + Integer.toHexString(file.hashCode()) + "."
                + ProcessHandle.current().pid());
    }

    private static void discard(Path fresh, IOException because) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
