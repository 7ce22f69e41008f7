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
    private Path root;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path folder) {
        root = folder.resolve("state");
        journal = new FileJournal(root, Retention.DEFAULT, HostFolder.of(folder.resolve("none")));
    }

    @Test
    void a_run_is_found_by_its_configuration_and_by_its_token_there() {
        begin("1", "/a", "t");
        begin("2", "/b", "t");
        begin("3", "/a", null);
        assertThat(journal.runsOf("/a")).containsExactly("3", "1");
        assertThat(journal.runsWith("/a", "t")).containsExactly("1");
        assertThat(journal.runsWith("/a", "T")).isEmpty();
        assertThat(journal.runsOf("/c")).isEmpty();
    }

    @Test
    void a_link_leads_a_person_to_the_journal() throws IOException {
        begin("1", "/a", "t");
        Path folder = root.resolve("by-conf").resolve(Digest.of("/a"));
        assertThat(folder.resolve("1@" + Digest.of("t")).toRealPath())
                .isEqualTo(journal.path("1").toRealPath());
    }

    /** Cut off between the link and the journal. */
    @Test
    void a_link_that_leads_nowhere_counts_for_nothing_and_goes_with_the_next_run() throws IOException {
        begin("1", "/a", "t");
        Files.delete(journal.path("1"));
        assertThat(journal.runsOf("/a")).isEmpty();
        assertThat(journal.runsWith("/a", "t")).isEmpty();
        begin("2", "/a", null);
        assertThat(root.resolve("by-conf").resolve(Digest.of("/a")).toFile().list())
                .containsExactly("2");
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
                    .map(conf ->
                            CompletableFuture.runAsync(() -> index(state).add("9" + conf.charAt(1), conf, List.of())))
                    .toList();
            for (CompletableFuture<Void> one : begun) {
                one.get();
            }
            assertThat(state.resolve("by-conf")
                            .resolve(Digest.of("/a"))
                            .toFile()
                            .list())
                    .hasSize(21);
            assertThat(state.toFile().list()).containsExactlyInAnyOrder("by-conf", "runs");
        }
    }

    private static RunIndex index(Path state) {
        StateFolder folder = new StateFolder(state);
        return new RunIndex(folder, new RunFiles(folder));
    }

    @Test
    void a_lost_index_is_read_around_and_then_made_again() throws IOException {
        Journals.write(root, "1", Journals.requested("/a", "t"), Journals.UP);
        Journals.write(root, "2", Journals.requested("/a", null), Journals.UP);
        Files.writeString(root.resolve("runs/3.jsonl"), "rubbish\n");
        Files.createSymbolicLink(root.resolve("runs/4.jsonl"), Path.of("4.jsonl"));
        assertThat(journal.runsOf("/a")).containsExactly("2", "1");
        assertThat(root.resolve("by-conf")).as("looking writes nothing").doesNotExist();
        begin("5", "/b", null);
        assertThat(journal.runsOf("/a")).containsExactly("2", "1");
        assertThat(journal.runsWith("/a", "t")).containsExactly("1");
        assertThat(root.resolve("by-conf")).isDirectory();
        assertThat(root.toFile().list()).containsExactlyInAnyOrder("runs", "by-conf");
    }

    private void begin(String id, String conf, String token) {
        journal.begin(id, conf, token == null ? List.of() : List.of(token)).close();
    }
}
