package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIndexTest {
    private static final String US = "us";

    private Path root;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path folder) {
        root = folder.resolve("state");
        journal = on(US);
    }

    @Test
    void a_run_is_found_by_its_configuration_and_by_its_token_there() {
        begin("1", "/a", "t");
        begin("2", "/b", "t");
        begin("3", "/a", null);
        assertThat(journal.runsOf(List.of("/a"))).containsExactly("3", "1");
        assertThat(journal.runsWith(List.of("/a"), "t")).containsExactly("1");
        assertThat(journal.runsWith(List.of("/a"), "T")).isEmpty();
        assertThat(journal.runsOf(List.of("/c"))).isEmpty();
    }

    @Test
    void a_link_leads_a_person_to_the_journal() throws IOException {
        begin("1", "/a", "t");
        assertThat(folder("/a").resolve("00000001-1@" + Digest.of("t")).toRealPath())
                .isEqualTo(journal.path("1").toRealPath());
    }

    /** Cut off between the link and the journal. */
    @Test
    void a_link_that_leads_nowhere_counts_for_nothing_and_goes_with_the_next_run() throws IOException {
        begin("1", "/a", "t");
        Files.delete(journal.path("1"));
        assertThat(journal.runsOf(List.of("/a"))).isEmpty();
        assertThat(journal.runsWith(List.of("/a"), "t")).isEmpty();
        begin("2", "/a", null);
        assertThat(folder("/a").toFile().list()).containsExactly("00000002-2");
    }

    /** As two targets of one engine do. */
    @Test
    void two_runs_that_begin_at_once_make_a_lost_index_again() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path state = root.resolve(Integer.toString(round));
            for (int run = 10; run < 30; run++) {
                Journals.write(state, Integer.toString(run), Journals.requested("/a", null), Journals.UP);
            }
            List<CompletableFuture<Void>> begun = Stream.of("/a", "/b")
                    .map(conf -> CompletableFuture.runAsync(
                            () -> index(state).add("9" + conf.charAt(1), List.of(conf), List.of())))
                    .toList();
            for (CompletableFuture<Void> one : begun) {
                one.get();
            }
            assertThat(index(state).of(List.of("/a"))).hasSize(20);
            assertThat(state.resolve("by-conf")
                            .resolve(Digest.of(US + "\n/a"))
                            .toFile()
                            .list())
                    .hasSize(21);
            assertThat(state.toFile().list()).containsExactlyInAnyOrder("by-conf", "runs");
        }
    }

    private static RunIndex index(Path state) {
        StateFolder folder = new StateFolder(state);
        return new RunIndex(folder, new RunFiles(folder), US);
    }

    @Test
    void a_lost_index_is_read_around_and_then_made_again() throws IOException {
        Journals.write(root, "1", Journals.requested("/a", "t"), Journals.UP);
        Journals.write(root, "2", Journals.requested("/a", null), Journals.UP);
        Files.writeString(root.resolve("runs/3.jsonl"), "rubbish\n");
        Files.createSymbolicLink(root.resolve("runs/4.jsonl"), Path.of("4.jsonl"));
        assertThat(journal.runsOf(List.of("/a"))).containsExactly("2", "1");
        assertThat(root.resolve("by-conf")).as("looking writes nothing").doesNotExist();
        begin("5", "/b", null);
        assertThat(journal.runsOf(List.of("/a"))).containsExactly("2", "1");
        assertThat(journal.runsWith(List.of("/a"), "t")).containsExactly("1");
        assertThat(root.resolve("by-conf")).isDirectory();
        assertThat(root.toFile().list()).containsExactlyInAnyOrder("runs", "by-conf");
    }

    /** One that waited for hours in a queue, or that was asked for while the clock was wrong, has an id that says nothing of when it began. */
    @Test
    void the_run_that_began_last_is_the_latest_whatever_its_id() {
        begin("20261123T100000Z-aaaaaa", "/a", "t");
        begin("20261123T090000Z-aaaaaa", "/a", "t");
        begin("20261123T093000Z-aaaaaa", "/a", null);
        assertThat(journal.runsOf(List.of("/a")))
                .containsExactly("20261123T093000Z-aaaaaa", "20261123T090000Z-aaaaaa", "20261123T100000Z-aaaaaa");
        assertThat(journal.runsWith(List.of("/a"), "t"))
                .containsExactly("20261123T090000Z-aaaaaa", "20261123T100000Z-aaaaaa");
    }

    @Test
    void a_run_is_found_by_the_link_that_it_was_asked_for_by_though_that_leads_elsewhere_now() {
        begin("1", "/releases/7", null);
        journal.begin("2", List.of("/releases/7", "/current"), List.of("t")).close();
        journal.begin("3", List.of("/releases/8", "/current"), List.of("t")).close();
        assertThat(journal.runsBy("/current")).containsExactly("3", "2");
        assertThat(journal.runsOf(List.of("/releases/8", "/current"))).containsExactly("3");
        assertThat(journal.runsOf(List.of("/releases/7"))).containsExactly("2", "1");
        assertThat(journal.runsWith(List.of("/releases/7", "/current"), "t"))
                .as("the next release has not been restarted by it")
                .containsExactly("2");
    }

    /** Each has a supervisord of its own, by the same path. */
    @Test
    void two_hosts_that_see_one_folder_see_nothing_of_each_other() {
        begin("1", "/a", "t");
        FileJournal theirs = on("them");
        assertThat(theirs.runsOf(List.of("/a"))).isEmpty();
        assertThat(theirs.runsWith(List.of("/a"), "t")).isEmpty();
        theirs.begin("2", List.of("/a"), List.of("t")).close();
        assertThat(theirs.runsOf(List.of("/a"))).containsExactly("2");
        assertThat(journal.runsOf(List.of("/a"))).containsExactly("1");
    }

    /** A name would change with the container, and what was cut off in the last one would be another host's. */
    @Test
    void a_host_without_an_id_has_none(@TempDir Path folder) throws IOException {
        Path id = folder.resolve("id");
        assertThat(HostId.of(id)).isEmpty();
        Files.writeString(id, "f00d\n");
        assertThat(HostId.of(id)).isEqualTo("f00d");
    }

    private Path folder(String conf) {
        return root.resolve("by-conf").resolve(Digest.of(US + "\n" + conf));
    }

    private FileJournal on(String host) {
        return new FileJournal(root, Retention.DEFAULT, HostFolder.of(root.resolve("none")), host);
    }

    private void begin(String id, String conf, String token) {
        journal.begin(id, List.of(conf), token == null ? List.of() : List.of(token))
                .close();
    }
}
