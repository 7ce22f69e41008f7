package dev.rollcall.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What people write by hand, whole; and never more of it, nor longer, than that can take: it may be named /dev/zero or a pipe. */
public final class SmallFile {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SmallFile() {}

    /**
     * @throws NoSuchFileException if there is none
     * @throws IOException for any other cause, which its message tells
     */
    public static byte[] read(Path file, int largest) throws IOException {
        return read(file, largest, PATIENCE);
    }

    static byte[] read(Path file, int largest, Duration patience) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        boolean mayBlock = Files.exists(file) && !Files.isRegularFile(file);
        byte[] bytes = mayBlock ? patiently(file, largest, patience) : limited(file, largest);
        if (bytes.length > largest) {
            throw new IOException(
                    "it is larger than " + (largest < 1024 ? largest + " bytes" : largest / 1024 + " KiB"));
        }
        return bytes;
    }

    private static byte[] limited(Path file, int largest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(largest + 1);
        } catch (AccessDeniedException e) {
            throw new IOException("this user may not read it", e);
        }
    }

    /** In a thread of its own: nothing interrupts the opening of a pipe that nobody writes to. */
    private static byte[] patiently(Path file, int largest, Duration patience) throws IOException {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        bytes.complete(limited(file, largest));
                    } catch (IOException e) {
                        bytes.completeExceptionally(e);
                    }
                },
                "reader");
        reader.setDaemon(true);
        reader.start();
        try {
            return bytes.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it did not end within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("reading fails with nothing else", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading it was interrupted");
        }
    }
}
