package dev.rollcall.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One file with a lock of the kernel's on it and its holder's name in it. It is there only while somebody holds it, or has died. */
final class LockFile {
    /**
     * What this process holds. Closing any descriptor of a file drops all locks that a process has on it: what is held here must not be opened again, so
     * whoever opens a lock file is alone in here.
     */
    private static final Map<Path, Holder> HELD_HERE = new HashMap<>();

    /** The winner writes its name right after it has got the lock. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final System.Logger LOGGER = System.getLogger(LockFile.class.getName());
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final Path path;
    private final Optional<Integer> owner;
    private final Duration patience;

    /**
     * @param path its folder is there
     * @param owner who may use it besides root and us; empty if its folder is nobody else's business
     */
    LockFile(Path path, Optional<Integer> owner) throws IOException {
        this(path, owner, PATIENCE);
    }

    LockFile(Path path, Optional<Integer> owner, Duration patience) throws IOException {
        this.patience = patience;
        this.path = path.resolveSibling(".").toRealPath().resolve(path.getFileName());
        this.owner = owner;
    }

    /** @return who has it, at the latest when the winner of a moment ago has written its name */
    Lock take(Holder me) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<Lock> lock = attempt(me);
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            lock = attempt(me);
        }
        return lock.orElseGet(() -> new Lock.Refused(new Holder("unknown", 0, "unknown", Instant.now())));
    }

    /** Nothing if it can neither be had nor be told who has it, this time. */
    private Optional<Lock> attempt(Holder me) throws IOException {
        synchronized (HELD_HERE) {
            Holder here = HELD_HERE.get(path);
            if (here != null) {
                return Optional.of(new Lock.Refused(here));
            }
            Optional<OpenFile> file = OpenFile.open(path);
            return file.isEmpty() ? Optional.empty() : attempt(file.get(), me);
        }
    }

    private Optional<Lock> attempt(OpenFile file, Holder me) throws IOException {
        boolean keep = false;
        try {
            if (owner.isPresent() && !file.belongsTo(owners())) {
                throw new AccessDeniedException(path.toString(), null, "it is somebody else's");
            }
            if (tryLock(file).isEmpty()) {
                return content(file)
                        .filter(LockTable::isHeldBy)
                        .map(Signature::holder)
                        .map(Lock.Refused::new);
            }
            if (!file.isInPlace()) {
                return Optional.empty();
            }
            write(file, me);
            HELD_HERE.put(path, me);
            keep = true;
            return Optional.of(new Lock.Taken(() -> release(file)));
        } finally {
            if (!keep) {
                file.close();
            }
        }
    }

    private static Optional<FileLock> tryLock(OpenFile file) throws IOException {
        try {
            return Optional.ofNullable(file.channel().tryLock());
        } catch (OverlappingFileLockException sameProcess) {
            return Optional.empty();
        }
    }

    /** As root it becomes its user's, who must be able to lock it as well. */
    private void write(OpenFile file, Holder me) throws IOException {
        if (owner.isPresent() && Us.uid() == 0) {
            Files.setAttribute(path, "unix:uid", owner.get(), LinkOption.NOFOLLOW_LINKS);
        }
        sign(file.channel(), me);
    }

    /** The name is for what others are told; a disk that is full must not keep a run from being finished. */
    static void sign(FileChannel channel, Holder me) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(Signature.of(me))), 0);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "tried to write who holds a lock but {0}", e.toString());
        }
    }

    /** Removed while it is still held: whoever opened it meanwhile sees that it is no longer in place. */
    private void release(OpenFile file) {
        synchronized (HELD_HERE) {
            try (file) {
                if (HELD_HERE.remove(path) != null && file.isInPlace()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                // the lock is free all the same; the run that it belonged to must not fail for it
                LOGGER.log(System.Logger.Level.WARNING, "tried to remove {0} but {1}", path, e);
            }
        }
    }

    /** Who has it and lives. */
    Optional<Holder> holder() throws IOException {
        synchronized (HELD_HERE) {
            Holder here = HELD_HERE.get(path);
            return here != null ? Optional.of(here) : holderElsewhere();
        }
    }

    private Optional<Holder> holderElsewhere() throws IOException {
        try {
            return mayBelieve()
                    ? signature(Files.readAllBytes(path))
                            .filter(s -> s.pid() != ProcessHandle.current().pid())
                            .filter(LockTable::isHeldBy)
                            .map(Signature::holder)
                    : Optional.empty();
        } catch (NoSuchFileException released) {
            return Optional.empty();
        }
    }

    private boolean mayBelieve() throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isReadable(path)
                && (owner.isEmpty() || owners().contains((Integer) Files.getAttribute(path, "unix:uid")));
    }

    private Set<Integer> owners() throws IOException {
        Set<Integer> owners = new HashSet<>(Set.of(0));
        owners.add(Us.uid());
        owner.ifPresent(owners::add);
        return owners;
    }

    private static Optional<Signature> content(OpenFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        file.channel().read(bytes, 0);
        byte[] text = new byte[bytes.flip().remaining()];
        bytes.get(text);
        return signature(text);
    }

    private static Optional<Signature> signature(byte[] text) throws IOException {
        try {
            return text.length == 0 ? Optional.empty() : Optional.of(Json.MAPPER.readValue(text, Signature.class));
        } catch (JsonProcessingException halfWritten) {
            return Optional.empty();
        }
    }
}
