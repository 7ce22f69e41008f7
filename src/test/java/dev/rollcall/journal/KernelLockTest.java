package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time per supervisord, and the kernel keeps it (S10). */
class KernelLockTest {
    private static final Holder FIRST = new Holder("first", 1, "cli", Instant.parse("2026-11-23T10:30:00Z"));
    private static final Holder SECOND = new Holder("second", 2, "http", Instant.parse("2026-11-23T10:31:00Z"));

    private Path root;
    private Path conf;
    private Path host;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        root = folder.resolve("state");
        conf = Files.writeString(folder.resolve("supervisord.conf"), "");
        host = Files.createDirectory(folder.resolve("host"));
        journal = journal();
    }

    @Test
    void the_second_is_told_who_has_it_and_gets_it_when_the_first_is_done() {
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            assertThat(journal.lock(conf, SECOND)).isEqualTo(new Lock.Refused(FIRST));
            assertThat(journal().lock(conf, SECOND)).isEqualTo(new Lock.Refused(FIRST));
        }
        taken(journal.lock(conf, SECOND)).close();
    }

    @Test
    void a_link_to_the_configuration_is_the_same_target_and_another_file_is_not() throws IOException {
        Path link = Files.createSymbolicLink(conf.resolveSibling("link.conf"), conf);
        Path other = Files.writeString(conf.resolveSibling("other.conf"), "");
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            assertThat(journal.lock(link, SECOND)).isInstanceOf(Lock.Refused.class);
            taken(journal.lock(other, SECOND)).close();
        }
    }

    @Test
    void a_configuration_that_is_not_there_can_be_locked_too() {
        Path missing = conf.resolveSibling("missing.conf");
        try (Lock.Closer held = taken(journal.lock(missing, FIRST))) {
            assertThat(journal.lock(missing, SECOND)).isEqualTo(new Lock.Refused(FIRST));
        }
    }

    @Test
    void whatever_way_the_configuration_is_called_it_is_the_same_target() throws IOException {
        Path nested = Files.createDirectory(conf.resolveSibling("nested"));
        Path here = Path.of("").toAbsolutePath();
        try (Lock.Closer held = taken(journal.lock(here.relativize(conf), FIRST))) {
            assertThat(journal.lock(nested.resolve("../supervisord.conf"), SECOND))
                    .isEqualTo(new Lock.Refused(FIRST));
            assertThat(journal.lock(conf, SECOND)).isEqualTo(new Lock.Refused(FIRST));
        }
    }

    @Test
    void a_configuration_that_vanishes_stays_locked_and_can_be_released() throws IOException {
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            Files.delete(conf);
            assertThat(journal.lock(conf, SECOND)).isEqualTo(new Lock.Refused(FIRST));
            assertThat(journal.holder(conf)).contains(FIRST);
        }
        assertThat(journal.holder(conf)).isEmpty();
        taken(journal.lock(conf, SECOND)).close();
        assertThat(root.resolve("locks")).isEmptyDirectory();
    }

    @Test
    void a_lock_file_that_nobody_holds_any_more_names_no_holder_and_is_no_obstacle() throws IOException {
        Path file;
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            file = file();
        }
        Files.writeString(
                file, "{\"run_id\":\"dead\",\"pid\":1,\"requested_by\":\"cli\",\"since\":\"2026-11-23T10:30:00Z\"}");
        assertThat(journal.holder(conf)).isEmpty();
        taken(journal.lock(conf, SECOND)).close();
    }

    @Test
    void we_keep_another_process_out() throws IOException, InterruptedException {
        String script = "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)";
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            assertThat(new ProcessBuilder("python3", "-c", script, file().toString())
                            .start()
                            .waitFor())
                    .isNotZero();
        }
        assertThat(root.resolve("locks")).isEmptyDirectory();
    }

    /** Closing any descriptor of a file drops all of this process's locks on it: a refused try must not open it. */
    @Test
    void we_keep_another_process_out_after_somebody_else_in_this_one_was_refused()
            throws IOException, InterruptedException {
        String script = "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB)";
        try (Lock.Closer held = taken(journal.lock(conf, FIRST))) {
            assertThat(journal.lock(conf, SECOND)).isEqualTo(new Lock.Refused(FIRST));
            assertThat(new ProcessBuilder("python3", "-c", script, file().toString())
                            .start()
                            .waitFor())
                    .isNotZero();
        }
    }

    private FileJournal journal() {
        return new FileJournal(root, Retention.DEFAULT, HostFolder.of(host));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("locks"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Lock.Closer taken(Lock lock) {
        assertThat(lock).isInstanceOf(Lock.Taken.class);
        return ((Lock.Taken) lock).closer();
    }
}
