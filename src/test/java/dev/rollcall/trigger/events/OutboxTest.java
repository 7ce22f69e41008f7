package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.REQUESTED;
import static dev.rollcall.trigger.events.State.STOPPING;
import static dev.rollcall.trigger.events.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events are sent, in which order, how often; also over the engine's end. */
class OutboxTest {
    @TempDir
    private Path folder;

    private State state;
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        state = new State(folder);
        receiver = new Receiver(Optional.empty());
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Sending engine() throws Exception {
        return Sending.to(receiver, state, Sending.BEFORE);
    }

    @Test
    void every_event_of_a_run_is_sent_in_its_order_and_nothing_is_left_behind() throws Exception {
        try (Sending engine = engine()) {
            state.write("a", REQUESTED, STOPPING, UP);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:2", "a:3");
            assertThat(engine.outbox.oldest()).isZero();
        }
        assertThat(folder.resolve("outbox/a")).doesNotExist();
    }

    @Test
    void what_was_written_while_no_engine_ran_is_sent_by_the_next() throws Exception {
        engine().close();
        state.write("a", REQUESTED, STOPPING);
        try (Sending engine = engine()) {
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:2");
        }
        state.write("a", UP);
        try (Sending engine = engine()) {
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.names()).as("none of them twice").containsExactly("a:1", "a:2", "a:3");
    }

    @Test
    void an_engine_that_was_killed_before_it_could_note_the_delivery_sends_that_event_twice_and_no_other()
            throws Exception {
        try (Sending engine = engine()) {
            state.write("a", REQUESTED, STOPPING);
            assertThat(engine.done()).isTrue();
        }
        Files.writeString(folder.resolve("outbox/a"), "1");
        try (Sending engine = engine()) {
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.names()).containsExactly("a:1", "a:2", "a:2");
    }

    @Test
    void a_cursor_that_a_crash_has_emptied_loses_nothing() throws Exception {
        try (Sending engine = engine()) {
            state.write("a", REQUESTED);
            assertThat(engine.done()).isTrue();
        }
        Files.writeString(folder.resolve("outbox/a"), "");
        Files.writeString(folder.resolve("outbox/.a"), "torn");
        try (Sending engine = engine()) {
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.names()).containsExactly("a:1", "a:1");
    }

    @Test
    void a_run_that_is_delivered_is_not_sent_again_unless_it_is_gone_on_with() throws Exception {
        try (Sending engine = engine()) {
            state.write("a", REQUESTED, State.DOWN);
            state.write("b", REQUESTED, UP);
            assertThat(engine.done()).isTrue();
        }
        receiver.queue.clear();
        Files.writeString(
                folder.resolve("outbox/settled.txt"), Files.readString(folder.resolve("outbox/settled.txt")) + "c 9");
        state.write("a", STOPPING);
        try (Sending engine = engine()) {
            state.write("a", UP);
            assertThat(engine.done()).isTrue();
        }
        try (Sending engine = engine()) {
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.names()).containsExactly("a:3", "a:4");
    }

    @Test
    void switching_the_webhook_on_does_not_send_history() throws Exception {
        state.write("a", REQUESTED, UP);
        state.write("b", REQUESTED);
        try (Sending engine =
                Sending.to(receiver, state, Sending.at(java.time.Instant.now().plusSeconds(60)))) {
            assertThat(engine.done()).isTrue();
            assertThat(receiver.queue).isEmpty();
        }
    }

    @Test
    void what_was_written_while_the_webhook_was_off_is_history() throws Exception {
        engine().close();
        state.write("a", REQUESTED, UP);
        Sending.nowhere(state).close();
        try (Sending engine =
                Sending.to(receiver, state, Sending.at(java.time.Instant.now().plusSeconds(60)))) {
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.queue).isEmpty();
    }

    @Test
    void without_a_webhook_nothing_is_sent() throws Exception {
        try (Sending engine = Sending.nowhere(state)) {
            state.write("a", REQUESTED, UP);
            assertThat(engine.done()).isTrue();
            assertThat(engine.outbox.oldest()).isZero();
        }
        assertThat(receiver.asked).isEmpty();
    }

    @Test
    void a_run_whose_event_does_not_get_through_does_not_hold_up_another() throws Exception {
        receiver.reply = d -> new Receiver.Reply(d.name().startsWith("a") ? 503 : 200, "");
        try (Sending engine = engine()) {
            state.write("a", REQUESTED, UP);
            state.write("b", REQUESTED, UP);
            await().atMost(Duration.ofSeconds(20)).until(() -> receiver.names().equals(List.of("b:1", "b:2")));
            receiver.reply = d -> new Receiver.Reply(200, "");
            assertThat(engine.done()).isTrue();
        }
        assertThat(receiver.names()).containsExactly("b:1", "b:2", "a:1", "a:2");
    }

    @Test
    void many_runs_keep_their_order_each() throws Exception {
        try (Sending engine = engine()) {
            for (int run = 0; run < 20; run++) {
                state.write("r" + run, REQUESTED, STOPPING, State.found("X"), UP);
            }
            assertThat(engine.done()).isTrue();
        }
        for (int run = 0; run < 20; run++) {
            String name = "r" + run + ":";
            assertThat(receiver.names().stream().filter(n -> n.startsWith(name)))
                    .containsExactly(name + 1, name + 2, name + 3, name + 4);
        }
    }

    @Test
    void a_pruned_journal_stops_nothing() throws Exception {
        receiver.reply = d -> new Receiver.Reply(503, "");
        try (Sending engine = engine()) {
            state.write("a", REQUESTED, UP);
            await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.asked.isEmpty());
            Files.delete(state.file("a"));
            receiver.reply = d -> new Receiver.Reply(200, "");
            state.write("b", REQUESTED, UP);
            assertThat(engine.done()).isTrue();
        }
        // what had been read of the other before it was pruned may arrive at any time
        assertThat(receiver.names().stream().filter(name -> name.startsWith("b:")))
                .containsExactly("b:1", "b:2");
    }

    @Test
    void cursors_of_journals_that_are_gone_are_removed_at_the_start() throws Exception {
        try (Sending engine = engine()) {
            state.write("a", REQUESTED);
            assertThat(engine.done()).isTrue();
        }
        assertThat(folder.resolve("outbox/a")).exists();
        Files.delete(state.file("a"));
        engine().close();
        assertThat(folder.resolve("outbox/a")).doesNotExist();
    }
}
