package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.REQUESTED;
import static dev.rollcall.trigger.events.State.STOPPING;
import static dev.rollcall.trigger.events.State.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final HandClock clock = new HandClock();
    private final List<String> told = new ArrayList<>();

    private State state() {
        return new State(folder);
    }

    private Tail tail() {
        Tail tail = new Tail(state().journal(), clock);
        tail.listen(this::note);
        tail.begin();
        return tail;
    }

    private void note(Entry entry) {
        told.add(entry.runId() + ":" + entry.seq());
    }

    @Test
    void what_was_there_before_is_history_and_what_is_added_to_it_is_new() throws IOException {
        state().write("a", REQUESTED, STOPPING);
        Tail tail = tail();
        tail.look();
        assertThat(told).isEmpty();
        state().write("a", UP);
        tail.look();
        assertThat(told).containsExactly("a:3");
    }

    @Test
    void a_run_that_begins_later_is_told_as_a_whole_and_in_order() throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED);
        tail.look();
        state().write("a", STOPPING, UP);
        state().write("b", REQUESTED);
        tail.look();
        assertThat(told)
                .containsSubsequence("a:1", "a:2", "a:3")
                .contains("b:1")
                .hasSize(4);
    }

    /** Two runs that begin within a tick of the file system's clock leave one change of the folder. The engine may be held up after it. */
    @ParameterizedTest
    @ValueSource(longs = {250, 5_000})
    void a_run_that_begins_right_after_a_listing_is_seen(long msUntilTheNextLook) throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED);
        FileTime same = FileTime.from(State.BEGAN);
        Files.setLastModifiedTime(folder.resolve("runs"), same);
        tail.look();
        state().write("b", REQUESTED);
        Files.setLastModifiedTime(folder.resolve("runs"), same);
        clock.pause(Duration.ofMillis(msUntilTheNextLook));
        tail.look();
        assertThat(told).containsExactly("a:1", "b:1");
    }

    @Test
    void a_torn_line_is_told_when_it_is_whole() throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED);
        String line = State.line("a", 2, UP);
        state().append("a", line.substring(0, 20));
        tail.look();
        assertThat(told).containsExactly("a:1");
        state().append("a", line.substring(20));
        tail.look();
        assertThat(told).as("without its line break it is torn still").containsExactly("a:1");
        state().append("a", "\n");
        tail.look();
        assertThat(told).containsExactly("a:1", "a:2");
    }

    @Test
    void behind_an_altered_line_nothing_is_told_until_it_is_cut_away() throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED);
        state().append("a", State.line("a", 2, UP).replace("900", "901") + "\n" + State.line("a", 3, UP) + "\n");
        state().write("b", REQUESTED);
        tail.look();
        assertThat(told).containsExactlyInAnyOrder("a:1", "b:1");
        state().journal().reopen("a").log().close();
        tail.look();
        assertThat(told).as("the word about the damage").containsExactlyInAnyOrder("a:1", "b:1", "a:2");
    }

    @Test
    void a_line_that_was_taken_back_is_followed_by_what_is_written_instead() throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED, STOPPING);
        tail.look();
        Files.writeString(state().file("a"), State.line("a", 1, REQUESTED) + "\n");
        tail.look();
        state().write("a", State.found("X"), UP);
        tail.look();
        assertThat(told).as("another event has the number now").containsExactly("a:1", "a:2", "a:2", "a:3");
    }

    @Test
    void pruned_journals_and_foreign_files_stop_nothing() throws IOException {
        state().write("a", REQUESTED);
        Tail tail = tail();
        Files.delete(state().file("a"));
        Files.createDirectory(state().file("folder"));
        Files.write(state().file("noise"), new byte[] {0, (byte) 0xff, '\n', 7});
        state().write("b", REQUESTED);
        tail.look();
        assertThat(told).containsExactly("b:1");
    }

    @Test
    void a_listener_that_breaks_does_not_keep_the_others_from_hearing() throws IOException {
        Tail tail = new Tail(state().journal(), clock);
        tail.listen(entry -> {
            throw new IllegalStateException("a defect");
        });
        tail.listen(this::note);
        tail.begin();
        state().write("a", REQUESTED, UP);
        tail.look();
        assertThat(told).containsExactly("a:1", "a:2");
    }

    @Test
    void an_old_run_that_is_gone_on_with_is_found_in_turn() throws IOException {
        int old = Tracks.LATEST + 4 * Tracks.IN_TURN;
        for (int i = 0; i < old; i++) {
            state().write("r%04d".formatted(i), REQUESTED, State.DOWN);
        }
        Tail tail = tail();
        state().write("r0000", STOPPING);
        for (int look = 0; look * Tracks.IN_TURN < old; look++) {
            tail.look();
        }
        assertThat(told).containsExactly("r0000:3");
        state().write("r0000", UP);
        tail.look();
        assertThat(told).as("from now on it is looked at each time").containsExactly("r0000:3", "r0000:4");
    }

    @Test
    void who_asks_for_what_is_there_gets_it_at_once() throws Exception {
        state().write("a", REQUESTED, STOPPING, UP);
        Tail tail = tail();
        assertThat(tail.events("a", 1, LONG))
                .hasValueSatisfying(e -> assertThat(e).extracting(Entry::seq).containsExactly(2L, 3L));
        assertThat(tail.events("a", 3, LONG)).as("it is over").contains(List.of());
        assertThat(tail.events("b", 0, LONG)).as("there is no such run").isEmpty();
        assertThat(tail.events("../a", 0, LONG)).isEmpty();
    }

    @Test
    void who_waits_gets_the_next_event_or_nothing_in_time() throws IOException {
        state().write("a", REQUESTED);
        Tail tail = tail();
        var first = tail.next("a", 1, Duration.ofSeconds(1));
        var patient = tail.next("a", 1, LONG);
        var further = tail.next("a", 2, LONG);
        clock.pause(Duration.ofSeconds(1));
        tail.look();
        assertThat(first).isCompletedWithValueMatching(v -> v.equals(java.util.Optional.of(List.of())));
        assertThat(patient).isNotDone();
        state().write("a", STOPPING);
        tail.look();
        assertThat(patient)
                .isCompletedWithValueMatching(v -> v.orElseThrow().get(0).seq() == 2);
        assertThat(further).isNotDone();
        state().write("a", UP);
        tail.look();
        assertThat(further)
                .isCompletedWithValueMatching(v -> v.orElseThrow().get(0).seq() == 3);
    }

    @Test
    void who_waits_for_an_event_that_will_not_come_is_told_at_the_end() throws IOException {
        Tail tail = tail();
        state().write("a", REQUESTED);
        tail.look();
        var waiting = tail.next("a", 7, LONG);
        state().write("a", UP);
        tail.look();
        assertThat(waiting).isCompletedWithValueMatching(v -> v.orElseThrow().isEmpty());
    }

    @Test
    void a_run_that_is_sure_to_come_can_be_waited_for() throws IOException {
        Tail tail = tail();
        var waiting = tail.expect("a", 0, LONG);
        tail.look();
        assertThat(waiting).isNotDone();
        state().write("a", REQUESTED);
        tail.look();
        assertThat(waiting).isCompletedWithValueMatching(v -> v.orElseThrow().size() == 1);
    }

    @Test
    void who_waits_when_the_journal_is_pruned_or_the_tail_is_closed_is_told() throws IOException {
        state().write("a", REQUESTED);
        state().write("b", REQUESTED);
        Tail tail = tail();
        var pruned = tail.next("a", 1, LONG);
        var closing = tail.next("b", 1, LONG);
        Files.delete(state().file("a"));
        tail.look();
        assertThat(pruned).isCompletedWithValueMatching(java.util.Optional::isEmpty);
        tail.close();
        assertThat(closing).isCompletedWithValueMatching(v -> v.orElseThrow().isEmpty());
    }
}
