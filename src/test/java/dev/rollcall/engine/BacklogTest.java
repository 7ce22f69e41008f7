package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Journal.Lock;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The night after a crash: several configurations, several journals, and one command. */
class BacklogTest {
    private static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);

    private Path folder;
    private Journal journal;
    private Path shop;
    private Path mail;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        journal = new FileJournal(folder.resolve("state"), Retention.DEFAULT);
        shop = Files.writeString(folder.resolve("shop.conf"), "");
        mail = Files.writeString(folder.resolve("mail.conf"), "");
    }

    @Test
    void the_latest_comes_first_and_tells_whether_it_had_changed_something() {
        write("1", shop, STOPPING);
        write("2", mail);
        assertThat(next()).contains("2");
        assertThat(Backlog.of(journal).next().orElseThrow().changed()).isFalse();
        write("3", mail, STOPPING);
        assertThat(Backlog.of(journal).next().orElseThrow().changed()).isTrue();
    }

    @Test
    void what_a_later_run_has_brought_up_is_no_more_to_do() {
        write("1", shop, STOPPING);
        write("2", shop, STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
        assertThat(next()).isEmpty();
    }

    /** A request that had waited for the end of a blackout, while somebody went through with another one. */
    @Test
    void a_run_that_was_asked_for_before_one_that_went_well_but_began_after_it_is_to_be_gone_on_with() {
        write("2", shop, STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
        write("1", shop, STOPPING);
        assertThat(next()).contains("1");
        assertThat(Unfinished.of("1", journal)).isPresent();
        write("0", shop, STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
        assertThat(next()).isEmpty();
        assertThat(Unfinished.of("1", journal)).isEmpty();
    }

    @Test
    void a_run_that_is_not_on_this_host_s_list_is_another_host_s() throws IOException {
        write("1", shop, STOPPING);
        try (Stream<Path> folders = Files.list(folder.resolve("state/by-conf"))) {
            Path ours = folders.findFirst().orElseThrow();
            Files.move(ours, ours.resolveSibling("theirs"));
        }
        assertThat(next()).isEmpty();
        assertThatThrownBy(() -> Unfinished.of("1", journal))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another host's");
    }

    @Test
    void a_run_that_could_not_tell_whether_supervisord_goes_is_to_be_gone_on_with() {
        write("1", shop, STOPPING, new Event.RunEnded(Outcome.FAILED, 6, false, Service.UNKNOWN, 1, null));
        assertThat(next()).contains("1");
    }

    @Test
    void a_target_that_somebody_is_at_work_on_does_not_hide_another() {
        write("1", shop, STOPPING);
        write("2", mail, STOPPING);
        Holder other = new Holder("2", ProcessHandle.current().pid(), "cli", Instant.now());
        try (Lock.Closer held = ((Lock.Taken) journal.lock(mail, other)).closer()) {
            assertThat(next()).contains("1");
            write("3", shop, STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
            Backlog backlog = Backlog.of(journal);
            assertThat(backlog.next()).isEmpty();
            assertThat(backlog.held().orElseThrow().run().runId()).isEqualTo("2");
            assertThat(backlog.held().orElseThrow().by()).isEqualTo(other);
        }
    }

    @Test
    void a_configuration_that_is_gone_comes_last() throws IOException {
        write("1", shop, STOPPING);
        write("2", mail, STOPPING);
        Files.delete(mail);
        assertThat(next()).contains("1");
        write("3", shop, STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
        assertThat(next()).contains("2");
    }

    @Test
    void what_is_urgent_is_told_of_every_configuration_once() throws IOException {
        Path gone = Files.writeString(folder.resolve("gone.conf"), "");
        write("1", shop, STOPPING);
        write("2", gone, STOPPING);
        write("3", mail, STOPPING);
        write("4", shop, STOPPING);
        write("5", shop);
        Files.delete(gone);
        assertThat(Backlog.urgent(journal).each()).extracting(Unfinished::runId).containsExactly("4", "3", "2");
    }

    /** A link to itself stands for a file that cannot be opened: root may open every other. */
    @Test
    void a_journal_that_cannot_be_read_hides_no_other_and_is_not_taken_for_over() throws IOException {
        write("1", shop, STOPPING);
        write("2", mail, STOPPING);
        Files.delete(journal.path("2"));
        Files.createSymbolicLink(journal.path("2"), Path.of("2.jsonl"));
        assertThat(next()).contains("1");
        assertThat(Backlog.of(journal).unreadable()).singleElement().asString().contains("2.jsonl");
    }

    @Test
    void one_that_is_damaged_from_its_first_line_on_may_have_left_anything() throws IOException {
        write("1", shop, STOPPING);
        String text = Files.readString(journal.path("1"));
        Files.writeString(journal.path("1"), "x" + text);
        Backlog backlog = Backlog.of(journal);
        assertThat(backlog.next()).isEmpty();
        assertThat(backlog.unreadable()).singleElement().asString().contains("damaged from its first line on");
        Files.writeString(journal.path("1"), text.substring(0, 20));
        assertThat(Backlog.of(journal).unreadable())
                .as("one that was never begun")
                .isEmpty();
    }

    private Optional<String> next() {
        return Backlog.of(journal).next().map(Unfinished::runId);
    }

    private void write(String id, Path conf, Event... events) {
        try (RunLog log = journal.begin(id, List.of(conf.toString()), List.of())) {
            log.append(Instant.EPOCH, new Event.Requested(Options.DEFAULTS, false, "cli", conf.toString(), "boot"));
            List.of(events).forEach(event -> log.append(Instant.EPOCH, event));
        }
    }
}
