package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Retention;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes want one supervisord (S10). */
class LockProcessTest {
    private static final Holder ME = new Holder("me", 1, "cli", Instant.parse("2026-11-23T10:30:00Z"));

    private Path folder;
    private Path conf;
    private Path host;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        conf = Files.writeString(folder.resolve("supervisord.conf"), "");
        host = Files.createDirectory(folder.resolve("host"));
        journal = with("state");
    }

    @Test
    void who_is_refused_is_told_everything_about_who_has_it() throws Exception {
        try (Locker other = Locker.start(folder.resolve("state"), host, conf)) {
            assertThat(other.says()).isEqualTo("taken");
            assertThat(journal.lock(conf, ME)).isInstanceOfSatisfying(Lock.Refused.class, refused -> {
                assertThat(refused.by().runId()).isEqualTo("other");
                assertThat(refused.by().pid()).isEqualTo(other.pid());
                assertThat(refused.by().requestedBy()).isEqualTo("timer:nightly");
                assertThat(refused.by().since()).isBeforeOrEqualTo(Instant.now());
            });
            assertThat(journal.holder(conf).map(Holder::runId)).contains("other");
            other.release();
            assertThat(journal.holder(conf)).isEmpty();
            ((Lock.Taken) journal.lock(conf, ME)).closer().close();
        }
    }

    @Test
    void a_holder_that_was_killed_is_none_and_its_lock_no_obstacle() throws Exception {
        try (Locker other = Locker.start(folder.resolve("state"), host, conf)) {
            assertThat(other.says()).isEqualTo("taken");
            assertThat(journal.holder(conf)).isPresent();
            other.kill();
            assertThat(folder.resolve("state/locks")).isNotEmptyDirectory();
            assertThat(journal.holder(conf)).isEmpty();
            ((Lock.Taken) journal.lock(conf, ME)).closer().close();
        }
        assertThat(folder.resolve("state/locks")).isEmptyDirectory();
        assertThat(host).isEmptyDirectory();
    }

    @Test
    void runs_with_different_state_folders_exclude_each_other() throws Exception {
        try (Locker other = Locker.start(folder.resolve("elsewhere"), host, conf)) {
            assertThat(other.says()).isEqualTo("taken");
            assertThat(journal.lock(conf, ME)).isInstanceOfSatisfying(Lock.Refused.class, refused -> assertThat(
                            refused.by().runId())
                    .isEqualTo("other"));
            assertThat(journal.holder(conf).map(Holder::runId)).contains("other");
            other.kill();
            Lock lock = journal.lock(conf, ME);
            assertThat(lock).isInstanceOf(Lock.Taken.class);
            try (Locker third = Locker.start(folder.resolve("elsewhere"), host, conf)) {
                assertThat(third.says()).isEqualTo("refused");
            }
            ((Lock.Taken) lock).closer().close();
        }
    }

    /** The lock comes first, the name right after it; this winner is slow. */
    @Test
    void who_is_refused_in_the_moment_before_the_winner_has_written_its_name_waits_for_it() throws Exception {
        ((Lock.Taken) journal.lock(conf, ME)).closer().close();
        Path file = folder.resolve("state/locks").resolve(KernelLock.name(HostId.ours(), conf.toRealPath()));
        String script = "import fcntl,sys,os,json; f=os.fdopen(os.open(sys.argv[1],os.O_RDWR|os.O_CREAT,0o600),'r+');"
                + "fcntl.lockf(f,fcntl.LOCK_EX); print(os.getpid(),flush=True);"
                + "f.write(sys.stdin.readline()); f.flush(); sys.stdin.read()";
        Process winner = new ProcessBuilder("python3", "-c", script, file.toString()).start();
        try {
            assertThat(winner.inputReader().readLine()).isNotNull();
            // with more patience than a run has: this machine may be slow, too
            LockFile lock = new LockFile(file, Optional.empty(), Duration.ofSeconds(30));
            CompletableFuture<Lock> refused = CompletableFuture.supplyAsync(() -> {
                try {
                    return lock.take(ME);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Holder name = new Holder("winner", winner.pid(), "http", Instant.now());
            winner.getOutputStream()
                    .write((Json.MAPPER.writeValueAsString(Signature.of(name)) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            winner.getOutputStream().flush();
            assertThat(refused.get(60, TimeUnit.SECONDS)).isEqualTo(new Lock.Refused(name));
        } finally {
            winner.destroyForcibly().waitFor();
        }
    }

    private FileJournal with(String state) {
        return new FileJournal(folder.resolve(state), Retention.DEFAULT, HostFolder.of(host));
    }
}
