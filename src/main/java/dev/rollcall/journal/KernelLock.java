package dev.rollcall.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One run at a time per supervisord (S10), by a lock of the kernel's: a crash frees it. The file says who has it. */
final class KernelLock {
    /** Closing any descriptor of a file drops all locks that this process has on it: what is held here must not be opened again. */
    private static final Map<Path, Holder> HELD_HERE = new ConcurrentHashMap<>();

    private final StateFolder state;

    KernelLock(StateFolder state) {
        this.state = state;
    }

    Lock take(Path conf, Holder me) {
        Path file = state.file("locks", name(conf));
        Holder here = HELD_HERE.putIfAbsent(file, me);
        if (here != null) {
            return new Lock.Refused(here);
        }
        boolean taken = false;
        try {
            Lock lock = open(file, me);
            taken = lock instanceof Lock.Taken;
            return lock;
        } catch (IOException e) {
            throw StateFolder.failed("lock", file, e);
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
            }
        }
    }

    Optional<Holder> holder(Path conf) {
        Path file = state.root().resolve("locks").resolve(name(conf));
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() == 0 ? Optional.empty() : Optional.of(read(channel));
        } catch (IOException e) {
            throw StateFolder.failed("read", file, e);
        }
    }

    private static Lock open(Path file, Holder me) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                StateFolder.OWNER_FILE);
        boolean keep = false;
        try {
            if (tryLock(channel).isEmpty()) {
                return new Lock.Refused(read(channel));
            }
            write(channel, me);
            keep = true;
            return new Lock.Taken(() -> release(channel, file));
        } finally {
            if (!keep) {
                channel.close();
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException sameProcess) {
            return Optional.empty();
        }
    }

    private static void release(FileChannel channel, Path file) {
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            throw StateFolder.failed("unlock", file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static void write(FileChannel channel, Holder me) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(me)), 0);
    }

    private static Holder read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        channel.read(bytes, 0);
        try {
            return Json.MAPPER.readValue(
                    new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8), Holder.class);
        } catch (JsonProcessingException justTaken) {
            return new Holder("unknown", 0, "unknown", Instant.now());
        }
    }

    /** By the real path, whatever name or link it is called by. */
    private static String name(Path conf) {
        String real = conf.toAbsolutePath().normalize().toString();
        try {
            real = conf.toRealPath().toString();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(real.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16) + ".lock";
        } catch (IOException e) {
            return HexFormat.of().toHexDigits(real.hashCode()) + ".lock";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
