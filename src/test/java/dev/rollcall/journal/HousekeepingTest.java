package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    private static final Instant NOW = Instant.now();

    private Path root;
    private Path conf;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        root = folder.resolve("state");
        conf = Files.writeString(folder.resolve("supervisord.conf"), "").toRealPath();
        journal = new FileJournal(root, new Retention(Duration.ofDays(10), 2), HostFolder.of(folder.resolve("none")));
    }

    @Test
    void what_is_over_number_goes_with_its_links_and_what_was_kept_beside_it() throws IOException {
        run("1", "token", Journals.UP);
        Files.writeString(root.resolve("runs/1.damaged"), "x");
        run("2", null, Journals.UP);
        run("3", null, Journals.UP);
        journal.prune(NOW);
        assertThat(journal.runs()).containsExactly("3", "2");
        assertThat(root.resolve("runs/1.damaged")).doesNotExist();
        assertThat(root.resolve("by-conf")
                        .resolve(Digest.of(HostId.ours() + "\n" + conf))
                        .toFile()
                        .list())
                .containsExactlyInAnyOrder("00000002-2", "00000003-3");
    }

    /** What that still needs, this one does not know. */
    @Test
    void the_runs_of_another_host_that_sees_the_folder_stay() throws IOException {
        run("1", null, Journals.UP);
        FileJournal theirs = new FileJournal(
                root, new Retention(Duration.ofDays(10), 0), HostFolder.of(root.resolve("none")), "another");
        theirs.prune(NOW);
        assertThat(journal.runs()).containsExactly("1");
    }

    @Test
    void what_is_over_age_goes() throws IOException {
        run("1", null, Journals.UP);
        run("2", null, Journals.UP);
        Files.setLastModifiedTime(journal.path("1"), FileTime.from(NOW.minus(Duration.ofDays(11))));
        journal.prune(NOW);
        assertThat(journal.runs()).containsExactly("2");
    }

    @Test
    void what_has_no_end_or_no_readable_one_or_left_the_service_down_stays() throws IOException {
        run("1", null, Journals.STOPPING);
        run("2", null, Journals.UP);
        Files.write(
                journal.path("2"),
                Files.readString(journal.path("2")).replace("up", "op").getBytes());
        run("3", null, Journals.DOWN);
        run("4", null, Journals.NOTHING);
        run("5", null, Journals.NOTHING);
        run("6", null, Journals.NOTHING);
        journal.prune(NOW);
        assertThat(journal.runs()).containsExactly("6", "5", "3", "2", "1");
    }

    @Test
    void what_never_got_its_first_line_goes_and_what_is_damaged_there_stays() throws IOException {
        Files.createDirectories(root.resolve("runs"));
        Files.writeString(root.resolve("runs/0a.jsonl"), "");
        Files.writeString(root.resolve("runs/0b.jsonl"), "half a li");
        Files.writeString(root.resolve("runs/0c.jsonl"), "a line of something else\n");
        run("1", null, Journals.UP);
        run("2", null, Journals.UP);
        journal.prune(NOW);
        assertThat(journal.runs()).containsExactly("2", "1", "0c");
    }

    @Test
    void what_somebody_goes_on_with_stays() throws IOException {
        run("1", null, Journals.UP);
        run("2", null, Journals.UP);
        run("3", null, Journals.UP);
        Lock lock = journal.lock(conf, new Holder("1", 1, "cli", NOW));
        journal.prune(NOW);
        assertThat(journal.runs()).contains("1");
        ((Lock.Taken) lock).closer().close();
        journal.prune(NOW);
        assertThat(journal.runs()).doesNotContain("1");
    }

    @Test
    void what_cannot_be_removed_stops_nobody() throws IOException {
        run("1", null, Journals.UP);
        run("2", null, Journals.UP);
        run("3", null, Journals.UP);
        run("4", null, Journals.UP);
        Files.delete(journal.path("1"));
        Files.createSymbolicLink(journal.path("1"), Path.of("1.jsonl"));
        journal.prune(NOW);
        assertThat(journal.runs()).containsExactly("4", "3", "1");
    }

    @Test
    void a_folder_that_cannot_be_listed_stops_nobody() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("runs"), "in the way");
        journal.prune(NOW);
        assertThat(root.resolve("runs")).hasContent("in the way");
    }

    private void run(String id, String token, Event end) throws IOException {
        journal.begin(id, List.of(conf.toString()), token == null ? List.of() : List.of(token))
                .close();
        Journals.write(root, id, Journals.requested(conf.toString(), token), Journals.STOPPING, end);
    }
}
