package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name in a lock file proves little: its process may be gone, and another one may have its pid (S10). */
class ReplacedLockTest {
    /** Between the opening and the lock is no moment that a test could wait for: this begins right there. */
    @Test
    void the_lock_of_a_file_that_was_removed_meanwhile_is_none(@TempDir Path folder) throws Exception {
        Path path = folder.toRealPath().resolve("lock");
        Holder me = new Holder("me", 1, "cli", Instant.now());
        Method attempt = LockFile.class.getDeclaredMethod("attempt", OpenFile.class, Holder.class);
        attempt.setAccessible(true);
        OpenFile opened = OpenFile.open(path).orElseThrow();
        Files.delete(path);
        assertThat(attempt.invoke(new LockFile(path, Optional.empty()), opened, me))
                .isEqualTo(Optional.empty());
        assertThat(path).doesNotExist();
    }

    /** Who asks may come at any moment of that. */
    @Test
    void a_lock_that_goes_while_it_is_looked_at_has_no_holder(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("lock");
        LockFile lock = new LockFile(path, Optional.of(Us.uid()));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                comeAndGo(path);
            }
        });
        try {
            for (int look = 0; look < 20_000; look++) {
                assertThat(lock.holder()).isEmpty();
            }
        } finally {
            over.set(true);
            coming.get();
        }
    }

    private static void comeAndGo(Path path) {
        try {
            Files.createFile(path);
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_process_that_has_the_pid_of_a_dead_holder_is_none(@TempDir Path folder) throws Exception {
        Path conf = Files.writeString(folder.resolve("supervisord.conf"), "");
        try (Locker other =
                Locker.start(folder.resolve("state"), Files.createDirectory(folder.resolve("host")), conf)) {
            assertThat(other.says()).isEqualTo("taken");
            // whatever the clock said then: it may have been set since
            Signature living = Signature.of(new Holder("itself", other.pid(), "cli", Instant.EPOCH));
            assertThat(LockTable.isHeldBy(living)).isTrue();
            Signature dead = new Signature("dead", other.pid(), living.startTicks() - 1, "cli", Instant.now());
            assertThat(LockTable.isHeldBy(dead)).isFalse();
        }
    }
}
