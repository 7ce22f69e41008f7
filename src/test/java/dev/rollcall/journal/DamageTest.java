package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Journal.Reopened;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal may look like after a bad night, and what becomes of it when its run is gone on with. */
class DamageTest {
    private Path root;
    private FileJournal journal;
    private Path file;
    private Path aside;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        root = folder.resolve("state");
        journal = new FileJournal(root, Retention.DEFAULT, HostFolder.of(folder.resolve("none")));
        Journals.write(root, "a", Journals.requested("/c", null), Journals.STOPPING, Journals.STOPPING);
        file = journal.path("a");
        aside = file.resolveSibling("a.damaged");
    }

    /** The last of them is the line break alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 60})
    void a_torn_tail_is_cut_away(int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
        assertThat(journal.read("a").orElseThrow()).hasSize(2);
        goOn();
        assertThat(journal.read("a").orElseThrow()).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
        assertThat(Files.readString(file).lines()).hasSize(3);
        assertThat(aside).doesNotExist();
    }

    @Test
    void blocks_of_zeros_that_a_power_cut_left_are_cut_away() throws IOException {
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);
        goOn();
        assertThat(journal.read("a").orElseThrow()).hasSize(4);
        assertThat(aside).doesNotExist();
    }

    @Test
    void what_follows_an_altered_line_is_kept_beside_the_journal_which_says_so() throws IOException {
        List<String> lines = Files.readAllLines(file);
        String rest = lines.get(1).replace("shutdown", "shotdown") + "\n" + lines.get(2) + "\n";
        Files.writeString(file, lines.get(0) + "\n" + rest);
        goOn();
        assertThat(aside).content(StandardCharsets.UTF_8).isEqualTo(rest);
        List<Entry> now = journal.read("a").orElseThrow();
        assertThat(now).extracting(e -> e.event().type()).containsExactly("requested", "found", "ended");
        assertThat(now).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
        assertThat(((Event.Found) now.get(1).event()).finding().code()).isEqualTo("JOURNAL_DAMAGED");
    }

    @Test
    void more_damage_is_added_to_what_was_kept() throws IOException {
        Files.writeString(file, "one\n", StandardOpenOption.APPEND);
        goOn();
        Files.writeString(file, "two\n", StandardOpenOption.APPEND);
        goOn();
        assertThat(aside).hasContent("one\ntwo");
    }

    @Test
    void bytes_that_are_no_text_do_not_make_it_unreadable() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'}, StandardOpenOption.APPEND);
        assertThat(journal.read("a").orElseThrow()).hasSize(3);
        goOn();
        assertThat(aside).hasBinaryContent(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    }

    @Test
    void an_empty_journal_is_a_run_of_which_nothing_is_known() throws IOException {
        Files.write(file, new byte[0]);
        assertThat(journal.read("a")).contains(List.of());
        assertThat(journal.glance("a")).contains(new Glance(List.of(), false, true, false));
    }

    @Test
    void a_glance_tells_the_ends_and_that_something_is_wrong() throws IOException {
        goOn();
        Glance good = journal.glance("a").orElseThrow();
        assertThat(good.whole()).isTrue();
        assertThat(good.requested().orElseThrow().conf()).isEqualTo("/c");
        assertThat(good.ended()).contains((Event.RunEnded) Journals.UP);
        Files.writeString(file, Files.readString(file).replaceFirst("shutdown", "shotdown"));
        Glance bad = journal.glance("a").orElseThrow();
        assertThat(bad.whole()).isFalse();
        assertThat(bad.ended()).isEmpty();
        assertThat(bad.requested()).isPresent();
    }

    /** A link to itself stands for a file that cannot be opened: root may open every other. */
    @Test
    void a_journal_that_cannot_be_opened_is_named() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, file.getFileName());
        assertThatThrownBy(() -> journal.read("a"))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("tried to read " + file + " but");
        assertThatThrownBy(() -> journal.reopen("a"))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("tried to write " + file + " but");
    }

    /** The service may be down: what stands in the journal is all that is needed to bring it up. */
    @Test
    void one_that_cannot_be_written_can_be_gone_on_with_and_is_left_as_it_is() throws IOException {
        Files.writeString(file, "one\n", StandardOpenOption.APPEND);
        Files.createDirectory(aside);
        String text = Files.readString(file);
        Reopened again = journal.reopen("a");
        assertThat(again.entries()).hasSize(3);
        try (RunLog log = again.log()) {
            assertThatThrownBy(() -> log.append(Journals.BEGAN, Journals.UP))
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("tried to write " + file + " but");
        }
        assertThat(file).hasContent(text);
    }

    @Test
    void a_glance_tells_what_is_torn_from_what_is_damaged() throws IOException {
        Files.writeString(file, "half a line");
        assertThat(journal.glance("a").orElseThrow().damaged()).isFalse();
        Files.writeString(file, "a line\n");
        assertThat(journal.glance("a").orElseThrow().damaged()).isTrue();
    }

    /** A link to itself stands for a folder that may not be looked into: root may look into every other. */
    @Test
    void journals_that_may_not_be_listed_are_not_none() throws IOException {
        for (String folder : List.of("runs", "by-conf/" + Digest.of(HostId.ours() + "\n/c"), "by-conf")) {
            Path state = root.resolveSibling("other");
            Journals.write(state, "a", Journals.requested("/c", null));
            Path hidden = state.resolve(folder);
            Files.createDirectories(hidden.getParent());
            Files.createDirectories(state.resolve("by-conf"));
            try (java.util.stream.Stream<Path> all =
                    Files.exists(hidden) ? Files.walk(hidden) : java.util.stream.Stream.empty()) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            Files.createSymbolicLink(hidden, hidden.getFileName());
            FileJournal blind = new FileJournal(state, Retention.DEFAULT, HostFolder.of(root.resolve("none")));
            assertThatThrownBy(() -> blind.runsOf(List.of("/c")))
                    .as(folder)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("tried to list");
            Files.delete(hidden);
        }
    }

    @Test
    void a_folder_with_the_name_of_a_journal_is_none() throws IOException {
        Files.createDirectory(root.resolve("runs/b.jsonl"));
        assertThat(journal.read("b")).isEmpty();
        assertThat(journal.glance("b")).isEmpty();
    }

    private void goOn() {
        try (RunLog log = journal.reopen("a").log()) {
            log.append(Journals.BEGAN, Journals.UP);
        }
    }
}
