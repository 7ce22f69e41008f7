package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Journal.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock where all users of a host can find it: it may add a refusal, but nobody must be able to block a restart with it. */
class HostLockTest {
    private static final Holder FIRST = new Holder("first", 1, "cli", Instant.parse("2026-11-23T10:30:00Z"));
    private static final Holder SECOND = new Holder("second", 2, "http", Instant.parse("2026-11-23T10:31:00Z"));
    private static final int SOMEBODY = 54321;

    private Path folder;
    private Path conf;
    private Path host;
    private Path file;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        conf = Files.writeString(folder.resolve("supervisord.conf"), "");
        host = Files.createDirectory(folder.resolve("host"));
        Files.setAttribute(host, "unix:mode", 01777);
        file = host.resolve("rollcall-" + Digest.of(conf.toRealPath().toString()) + ".lock");
    }

    @Test
    void two_state_folders_exclude_each_other_and_nothing_is_left_behind() {
        try (Lock.Closer held = taken("one", FIRST)) {
            assertThat(lock("two", SECOND)).isEqualTo(new Lock.Refused(FIRST));
            assertThat(folder.resolve("two/locks")).isEmptyDirectory();
        }
        taken("two", SECOND).close();
        assertThat(host).isEmptyDirectory();
    }

    /** A folder in its place stands for a file system that is full or read-only. */
    @Test
    void where_the_state_folder_takes_no_lock_this_one_is_enough() throws IOException {
        Files.createDirectories(folder.resolve("one/locks").resolve(KernelLock.name(HostId.ours(), conf.toRealPath())));
        try (Lock.Closer held = taken("one", FIRST)) {
            assertThat(lock("two", SECOND)).isEqualTo(new Lock.Refused(FIRST));
            assertThat(lock("one", SECOND)).isEqualTo(new Lock.Refused(FIRST));
        }
        assertThat(host).isEmptyDirectory();
        Files.setAttribute(host, "unix:mode", 0777);
        assertThatThrownBy(() -> lock("one", FIRST))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("tried to lock " + folder.resolve("one/locks"));
    }

    @Test
    void it_belongs_to_the_owner_of_the_configuration_and_to_nobody_else() throws IOException {
        assumeRoot();
        Files.setAttribute(conf, "unix:uid", SOMEBODY);
        try (Lock.Closer held = taken("one", FIRST)) {
            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(SOMEBODY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(lock("two", SECOND)).isEqualTo(new Lock.Refused(FIRST));
        }
    }

    @Test
    void a_file_of_a_third_user_is_neither_used_nor_changed() throws IOException {
        assumeRoot();
        Files.writeString(file, "theirs");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setAttribute(file, "unix:uid", SOMEBODY);
        taken("one", FIRST).close();
        assertThat(file).hasContent("theirs");
        assertThat(journal("one").holder(conf)).isEmpty();
    }

    @Test
    void a_file_that_others_may_open_is_not_used() throws IOException {
        Files.writeString(file, "open");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        taken("one", FIRST).close();
        assertThat(file).hasContent("open");
    }

    @Test
    void links_are_not_followed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file, precious);
        taken("one", FIRST).close();
        Files.delete(file);
        Files.createLink(file, precious);
        taken("one", FIRST).close();
        assertThat(precious).hasContent("precious");
    }

    @Test
    void a_folder_that_is_not_there_or_that_others_may_empty_is_not_used() throws IOException {
        Files.setAttribute(host, "unix:mode", 0777);
        taken("one", FIRST).close();
        assertThat(HostFolder.of(host).file("x")).isEmpty();
        assertThat(HostFolder.of(folder.resolve("nowhere")).file("x")).isEmpty();
        assertThat(HostFolder.of(conf).file("x")).isEmpty();
    }

    /** As where {@code /run/lock} is root's alone: a user without rights there must meet root all the same. */
    @Test
    void a_folder_where_only_its_owner_can_make_one_is_passed_over_for_one_that_is_open_to_all() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setAttribute(closed, "unix:mode", 0755);
        assertThat(HostFolder.of(closed, host).file("x")).contains(host.resolve("rollcall-x"));
        assertThat(HostFolder.of(host, closed).file("x")).contains(host.resolve("rollcall-x"));
        Files.setAttribute(host, "unix:mode", 0755);
        assertThat(HostFolder.of(closed, host).file("x")).contains(closed.resolve("rollcall-x"));
    }

    @Test
    void a_file_that_has_been_replaced_is_known_not_to_be_the_one_that_is_open() throws IOException {
        Path path = folder.toRealPath().resolve("lock");
        try (OpenFile open = OpenFile.open(path).orElseThrow()) {
            assertThat(open.isInPlace()).isTrue();
            Files.delete(path);
            assertThat(open.isInPlace()).isFalse();
            Files.writeString(path, "");
            assertThat(open.isInPlace()).isFalse();
        }
    }

    private static void assumeRoot() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
    }

    private FileJournal journal(String state) {
        return new FileJournal(folder.resolve(state), Retention.DEFAULT, HostFolder.of(host));
    }

    private Lock lock(String state, Holder me) {
        return journal(state).lock(conf, me);
    }

    private Lock.Closer taken(String state, Holder me) {
        Lock lock = lock(state, me);
        assertThat(lock).isInstanceOf(Lock.Taken.class);
        return ((Lock.Taken) lock).closer();
    }
}
