package dev.rollcall.journal;

import dev.rollcall.disk.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A lock file that is open, and what the kernel knows about exactly that file: a path may lead to another one by now. */
final class OpenFile implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Set<OpenOption> BOTH_WAYS =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS);

    private static final int PLAIN_AND_PRIVATE = 0100600;

    private final Path path;
    private final FileChannel channel;

    private OpenFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Not with CREATE alone: the kernel refuses that for other people's files in sticky folders, even to root.
     *
     * @param path without links in its folders
     * @return nothing if the file comes and goes: try again
     */
    static Optional<OpenFile> open(Path path) throws IOException {
        try {
            return Optional.of(new OpenFile(path, FileChannel.open(path, BOTH_WAYS)));
        } catch (NoSuchFileException e) {
            return create(path);
        }
    }

    private static Optional<OpenFile> create(Path path) throws IOException {
        try {
            return Optional.of(new OpenFile(path, FileChannel.open(path, NEW, Disk.OWNER_FILE)));
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            return Optional.empty();
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** A plain file with one name that nobody but its owner may open, and that owner is one of these. */
    boolean belongsTo(Set<Integer> owners) throws IOException {
        Optional<Map<String, Object>> facts = facts();
        if (facts.isEmpty()) {
            return true; // it is not in place: see isInPlace
        }
        Map<String, Object> file = facts.get();
        return file.get("uid") instanceof Integer uid
                && owners.contains(uid)
                && Objects.equals(file.get("mode"), PLAIN_AND_PRIVATE)
                && Objects.equals(file.get("nlink"), 1);
    }

    /** Whether the path still leads to this file; who waited for the lock may have got that of a removed one. */
    boolean isInPlace() throws IOException {
        return facts().isPresent();
    }

    /** Descriptors of removed files are shown with another name. */
    private Optional<Map<String, Object>> facts() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                if (leadsHere(descriptor)) {
                    return Optional.of(Files.readAttributes(descriptor, "unix:uid,mode,nlink"));
                }
            }
        }
        return Optional.empty();
    }

    private boolean leadsHere(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (NoSuchFileException | NotLinkException closedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
