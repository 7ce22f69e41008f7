package dev.rollcall.trigger.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One look after the other, without anybody's clock. */
class SweepTest implements Intake, OnlyFound {
    @TempDir
    Path folder;

    private final List<Ask> asked = new ArrayList<>();
    private final List<String> sought = new ArrayList<>();
    private boolean over;
    private Optional<Problem> declined = Optional.empty();
    private boolean unreadable;
    private Path path;
    private Inbox inbox;

    @BeforeEach
    void open() throws IOException {
        path = Files.createDirectory(folder.resolve("inbox"));
        Shelf shelf = new Shelf(path);
        shelf.open();
        inbox = new Inbox(path, this, this, new Ripeness(System::nanoTime), shelf, Clock.systemUTC());
    }

    @Override
    public Answer ask(Ask ask) {
        asked.add(ask);
        if (declined.isPresent()) {
            return new Answer.Declined(Answer.Why.BLACKOUT, declined.get());
        }
        return new Answer.Accepted("run-1", "default", asked.size() > 1, false, Optional.empty());
    }

    @Override
    public Optional<Result> find(String runId) {
        sought.add(runId);
        if (unreadable) {
            throw new JournalException("tried to read its journal but Input/output error; check the disk");
        }
        return Optional.of(OnlyFound.run(runId, over ? Optional.of(Outcome.SUCCEEDED) : Optional.empty()));
    }

    private void drop(String name) throws IOException {
        Files.writeString(path.resolve(name), "{}");
    }

    private List<String> done() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("done"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private void removeInbox() throws IOException {
        for (String name : List.of("done", "failed")) {
            Files.delete(path.resolve(name));
        }
        Files.delete(path);
    }

    @Test
    void the_result_of_a_refused_one_names_the_target_that_it_asked_for() throws IOException {
        Files.writeString(path.resolve("x.json"), "{\"target\": \"web\"}");
        declined = Optional.of(new Problem("BLACKOUT", null, "no run starts now", true));
        inbox.sweep();
        try (Stream<Path> files = Files.list(path.resolve("failed"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".result.json")))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readString(f)).contains("\"target\" : \"web\""));
        }
    }

    @Test
    void many_files_of_one_run_cost_one_look_at_it() throws IOException {
        for (int i = 0; i < 300; i++) {
            drop("f" + i + ".json");
        }
        inbox.sweep();
        sought.clear();
        inbox.sweep();
        assertThat(asked).hasSize(300);
        assertThat(sought).containsExactly("run-1");
    }

    @Test
    void who_removed_the_shelves_gets_new_ones() throws IOException {
        drop("x.json");
        inbox.sweep();
        Files.delete(path.resolve("done"));
        over = true;
        inbox.sweep();
        assertThat(inbox.trouble()).isEmpty();
        assertThat(done()).containsExactly("x.json.run-1", "x.json.run-1.result.json");
    }

    @Test
    void an_inbox_that_is_gone_is_told_of_until_it_is_back_and_then_it_works() throws IOException {
        inbox.sweep();
        removeInbox();
        inbox.sweep();
        assertThat(inbox.trouble())
                .hasValueSatisfying(t -> assertThat(t).contains(path.toString()).contains("list"));
        assertThat(path).doesNotExist();

        Files.createDirectory(path);
        inbox.sweep();
        assertThat(inbox.trouble()).as("nobody has dropped anything yet").isEmpty();
        drop("x.json");
        inbox.sweep();
        over = true;
        inbox.sweep();
        assertThat(done()).hasSize(2);
    }

    @Test
    void a_journal_that_cannot_be_read_holds_up_nothing_else() throws IOException {
        drop("x.json");
        inbox.sweep();
        unreadable = true;
        drop("y.json");
        inbox.sweep();
        assertThat(asked).as("the new one is taken").hasSize(2);
        assertThat(inbox.trouble()).hasValueSatisfying(t -> assertThat(t).contains("check the disk"));
        unreadable = false;
        over = true;
        inbox.sweep();
        assertThat(done()).hasSize(4);
        assertThat(inbox.trouble()).isEmpty();
    }

    @Test
    void a_result_whose_inbox_is_gone_makes_no_inbox() throws IOException {
        drop("x.json");
        inbox.sweep();
        Files.delete(path.resolve("x.json"));
        removeInbox();
        over = true;
        inbox.sweep();
        assertThat(path).doesNotExist();
        assertThat(inbox.trouble()).isPresent();
    }

    @Test
    void the_same_file_again_is_known_by_its_name_until_it_is_put_away() throws IOException {
        drop("x.json");
        assertThat(inbox.holds(path.resolve("x.json"))).isFalse();
        inbox.sweep();
        assertThat(inbox.holds(path.resolve("x.json"))).isTrue();
        over = true;
        inbox.sweep();
        assertThat(inbox.holds(path.resolve("x.json"))).isFalse();
    }
}
