package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event.StepDone.Ended;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final Killed TERM = new Killed(200, 2000, "w@h", Killed.Kind.MAIN, "TERM");
    private static final Killed KILL = new Killed(200, 2000, "w@h", Killed.Kind.MAIN, "KILL");
    private static final Killed POOL = new Killed(201, 2010, "w@h", Killed.Kind.POOL, "KILL");

    @Test
    void a_whole_run_amounts_to_its_result() {
        Task task = Rolls.task("t", 201);
        InterruptedTask cut = InterruptedTask.of(task, InterruptedTask.Fate.LOST);
        Survivor survivor = new Survivor(202, 2020, "w@h", Killed.Kind.POOL, "SIGKILL had no effect");
        Finding finding = Finding.info("CODE", "message", "");
        Problem problem = new Problem("START_FAILED", Step.START, "message", true);
        Result result = fold(
                new Event.Requested(Rolls.options("t1", "v1"), false, "cli", "/c", "boot"),
                new Event.StepBegun(Step.INSPECT),
                new Event.Found(finding),
                new Event.StepDone(Step.INSPECT, Ended.OK, 12, "words"),
                new Event.TasksSeen(200, List.of(task)),
                new Event.HasSurvived(survivor),
                new Event.TaskInterrupted(cut),
                new Event.RunEnded(Outcome.FAILED, 6, true, Service.DOWN, 42, problem));
        assertThat(result.runId()).isEqualTo("run");
        assertThat(result.target()).isEqualTo("t1");
        assertThat(result.scope()).isEqualTo("supervisord");
        assertThat(result.token()).isEqualTo("v1");
        assertThat(result.requestedBy()).isEqualTo("cli");
        assertThat(result.dryRun()).isFalse();
        assertThat(result.startedAt()).isEqualTo(Rolls.T0.plusMillis(100));
        assertThat(result.durationMs()).isEqualTo(700);
        assertThat(result.steps())
                .containsExactly(new Result.StepReport("inspect", Ended.OK, Rolls.T0.plusMillis(200), 12, "words"));
        assertThat(result.findings()).containsExactly(finding);
        assertThat(result.survivors()).containsExactly(survivor);
        assertThat(result.interruptedTasks()).containsExactly(cut);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.changed()).isTrue();
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.downtimeMs()).isEqualTo(42);
        assertThat(result.error()).isEqualTo(problem);
        assertThat(result.journal()).isNull();
        assertThat(result.at("/j").journal()).isEqualTo("/j");
        assertThat(result.at("/j").at(null)).isEqualTo(result);
    }

    @Test
    void a_run_without_an_end_is_running() {
        Result result = fold();
        assertThat(result.outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(result.service()).isEqualTo(Service.UNKNOWN);
        assertThat(result.exitCode()).isZero();
        assertThat(result.changed()).isFalse();
        assertThat(result.roll()).isNull();
    }

    @Test
    void term_first_and_kill_later_is_one_killed_process() {
        assertThat(fold(new Event.WasKilled(TERM), new Event.WasKilled(POOL), new Event.WasKilled(KILL))
                        .killed())
                .containsExactly(KILL, POOL);
    }

    @Test
    void a_process_is_spared_once_for_the_first_reason_unless_it_is_gone() {
        Roll roll = Rolls.roll("redis", List.of(), List.of(Rolls.bystander(210, "sleep")));
        Result result = fold(
                new Event.RollTaken(roll, List.of()),
                new Event.WasSpared(new Spared(210, Spared.Reason.NOT_OURS), 0),
                new Event.WasSpared(new Spared(211, Spared.Reason.BYSTANDER), 9),
                new Event.WasSpared(new Spared(211, Spared.Reason.GONE), 9),
                new Event.WasSpared(new Spared(201, Spared.Reason.REUSED_PID), 0));
        assertThat(result.roll()).isEqualTo(roll);
        assertThat(result.spared())
                .containsExactly(
                        new Spared(210, Spared.Reason.BYSTANDER),
                        new Spared(211, Spared.Reason.GONE),
                        new Spared(201, Spared.Reason.REUSED_PID));
    }

    @Test
    void later_processes_are_added_to_the_node_of_the_same_identity() {
        Node first = Rolls.node("w@h", "worker", 200, 201);
        Node second = Rolls.node("x@h", "worker", 300, 301);
        Node reused = new Node("w@h", "worker", 200, 7, "prefork", true, false, Rolls.pool(204), List.of());
        Result result = fold(
                new Event.RollTaken(Rolls.roll(first, second), List.of(Host.CELERY)),
                new Event.RollExtended(List.of(first.withOnly(Rolls.pool(202)), second.withOnly(Rolls.pool(302)))),
                new Event.RollExtended(List.of(first.withOnly(Rolls.pool(203)), reused)));
        assertThat(result.roll().nodes())
                .containsExactly(
                        Rolls.node("w@h", "worker", 200, 201, 202, 203),
                        Rolls.node("x@h", "worker", 300, 301, 302),
                        reused);
        assertThat(result.roll().pids()).containsExactly(200L, 300L, 201L, 202L, 203L, 301L, 302L, 204L);
    }

    @Test
    void a_task_that_was_cut_short_twice_is_named_once() {
        InterruptedTask first = InterruptedTask.of(Rolls.task("t", 201), InterruptedTask.Fate.REDELIVERED);
        InterruptedTask last = InterruptedTask.of(Rolls.task("t", 301), InterruptedTask.Fate.LOST);
        assertThat(fold(new Event.TaskInterrupted(first), new Event.TaskInterrupted(last))
                        .interruptedTasks())
                .containsExactly(last);
    }

    @Test
    void what_is_added_to_no_roll_is_dropped() {
        assertThat(fold(new Event.RollExtended(List.of(Rolls.node("w@h", "worker", 200))))
                        .roll())
                .isNull();
    }

    private static Result fold(Event... events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            long seq = entries.size() + 1L;
            entries.add(new Entry(seq, Rolls.T0.plusMillis(100 * seq), "run", event));
        }
        return Fold.result(entries);
    }
}
