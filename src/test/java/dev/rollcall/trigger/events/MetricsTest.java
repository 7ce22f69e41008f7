package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.STOPPING;
import static dev.rollcall.trigger.events.State.UP;
import static dev.rollcall.trigger.events.State.requested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Killed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    private Path folder;

    private State state() {
        return new State(folder);
    }

    private static Event killed(long pid, String signal) {
        return new Event.WasKilled(new Killed(pid, 7, "celery@host", Killed.Kind.POOL, signal));
    }

    private static Event interrupted(String id, InterruptedTask.Fate fate) {
        return new Event.TaskInterrupted(new InterruptedTask(id, "app.task", 12, "q", fate));
    }

    /** Looks once, after what is written by the given lines. */
    private String after(Writing writing, String... recalled) throws IOException {
        Tail tail = new Tail(state().journal(), new HandClock());
        Metrics metrics = new Metrics(tail, state().journal(), () -> 3, () -> Duration.ofMillis(1500), () -> 2);
        metrics.recall(Set.of(recalled));
        tail.begin();
        writing.write();
        tail.look();
        return metrics.prometheus();
    }

    private interface Writing {
        void write() throws IOException;
    }

    @Test
    void a_run_that_ends_is_counted_with_all_that_it_did() throws IOException {
        String text = after(() -> state().write(
                        "a",
                        requested("default", "timer:nightly"),
                        STOPPING,
                        killed(12, "TERM"),
                        killed(12, "KILL"),
                        killed(13, "KILL"),
                        interrupted("t1", InterruptedTask.Fate.LOST),
                        interrupted("t2", InterruptedTask.Fate.REDELIVERED),
                        interrupted("t3", InterruptedTask.Fate.LOST),
                        UP));
        assertThat(text.lines())
                .contains(
                        "rollcall_runs_total{outcome=\"succeeded\",requested_by=\"timer\",target=\"default\"} 1.0",
                        "rollcall_run_duration_seconds_count 1",
                        "rollcall_run_duration_seconds_sum 8.0",
                        "rollcall_downtime_seconds_count 1",
                        "rollcall_downtime_seconds_sum 0.9",
                        "rollcall_leftovers_killed_total 2.0",
                        "rollcall_interrupted_tasks_total{fate=\"lost\"} 2.0",
                        "rollcall_interrupted_tasks_total{fate=\"redelivered\"} 1.0",
                        "rollcall_queue_length 3.0",
                        "rollcall_outbox_oldest_seconds 1.5",
                        "rollcall_outbox_parked 2.0");
        double at = State.BEGAN.plusSeconds(9).getEpochSecond();
        assertThat(sample(text, "rollcall_last_success_timestamp_seconds{target=\"default\"}"))
                .isEqualTo(at);
    }

    @Test
    void a_run_that_is_gone_on_with_counts_each_of_its_ends_but_nothing_twice() throws IOException {
        state().write("a", requested("default", "cli"), STOPPING, killed(12, "KILL"), State.DOWN);
        String text = after(() -> state().write("a", new Event.Resumed("cli"), killed(13, "KILL"), UP));
        assertThat(text.lines())
                .contains("rollcall_leftovers_killed_total 1.0", "rollcall_run_duration_seconds_sum 3.0")
                .noneMatch(line -> line.contains("outcome=\"failed\""));
    }

    @Test
    void who_asked_is_one_of_few_words() throws IOException {
        String text = after(() -> {
            state().write("a", requested("default", "file:x\ny\"z"), UP);
            state().write("b", requested("default", "somebody"), UP);
            state().write("c", requested("default", "http"), State.DOWN);
        });
        assertThat(text.lines().filter(line -> line.startsWith("rollcall_runs_total")))
                .containsExactlyInAnyOrder(
                        "rollcall_runs_total{outcome=\"succeeded\",requested_by=\"file\",target=\"default\"} 1.0",
                        "rollcall_runs_total{outcome=\"succeeded\",requested_by=\"other\",target=\"default\"} 1.0",
                        "rollcall_runs_total{outcome=\"failed\",requested_by=\"http\",target=\"default\"} 1.0");
    }

    @Test
    void the_last_success_is_known_from_history_and_runs_of_history_are_not_counted() throws IOException {
        state().write("a", requested("default", "cli"), UP);
        state().write("b", requested("default", "cli"), STOPPING, UP);
        state().write("c", requested("default", "cli"), State.DOWN);
        state().write("d", requested("other", "cli"), State.DOWN);
        String text = after(() -> {}, "default", "other");
        assertThat(sample(text, "rollcall_last_success_timestamp_seconds{target=\"default\"}"))
                .isEqualTo(State.BEGAN.plusSeconds(3).getEpochSecond());
        assertThat(text).doesNotContain("target=\"other\"").doesNotContain("rollcall_runs_total{");
    }

    @Test
    void targets_without_number_do_not_make_series_without_number() throws IOException {
        String text = after(() -> {
            for (int i = 0; i < 150; i++) {
                state().write("r%03d".formatted(i), requested("t" + i, "cli"), UP);
            }
        });
        assertThat(text.lines().filter(line -> line.startsWith("rollcall_runs_total")))
                .hasSize(101);
        assertThat(text).contains("target=\"other\"");
    }

    @Test
    void the_text_is_what_prometheus_reads() throws IOException {
        String text = after(() -> state().write("a", requested("tar\"get\\\n", "cli"), UP));
        new Exposition(text).check();
        assertThat(text).contains("target=\"tar\\\"get\\\\\\n\"");
    }

    private static double sample(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
