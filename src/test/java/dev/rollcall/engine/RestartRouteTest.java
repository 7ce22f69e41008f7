package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on the fake machine: runs that go well. */
class RestartRouteTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void old_journals_are_looked_after_when_a_run_has_ended_and_by_no_dry_run() {
        world.run(Options.DEFAULTS, true);
        assertThat(world.journal.pruned).isZero();
        world.restart();
        assertThat(world.journal.pruned).isEqualTo(1);
    }

    @Test
    void nothing_is_left_and_nobody_is_killed() {
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.exitCode()).isZero();
        assertThat(result.changed()).isTrue();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.error()).isNull();
        assertThat(result.killed()).isEmpty();
        assertThat(result.downtimeMs()).isBetween(400L, 1000L);
        assertThat(result.journal())
                .isEqualTo(world.journal.path(result.runId()).toString());
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
        assertThat(world.journal.pids).containsExactly(List.of(MAIN, POOL, POOL + 1));
        assertThat(world.journal.released).isTrue();
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
        assertThat(result.steps())
                .extracting(s -> s.name() + " " + s.outcome())
                .containsExactly(
                        "preflight OK",
                        "inspect OK",
                        "persist OK",
                        "drain SKIPPED",
                        "shutdown OK",
                        "start OK",
                        "verify OK");
    }

    @Test
    void leftovers_are_killed_and_only_they() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.killed()).extracting(Killed::pid).containsExactlyInAnyOrder(POOL, POOL + 1);
        assertThat(world.deeds).containsExactly("keep", "shutdown", "KILL " + POOL, "KILL " + (POOL + 1), "start");
        assertThat(result.steps()).extracting(Result.StepReport::name).contains("kill");
    }

    @Test
    void the_journal_holds_the_result() {
        Result result = world.restart();
        assertThat(dev.rollcall.core.Fold.result(world.journal.latest()).at(result.journal()))
                .isEqualTo(result);
        assertThat(world.journal.latest().get(0).event()).isInstanceOf(Event.Requested.class);
        assertThat(world.journal.latest()).extracting(e -> e.event().type()).endsWith("ended");
    }

    @Test
    void the_roll_is_on_disk_before_supervisord_is_asked_to_go() {
        world.supervisor.onShutdown = () -> assertThat(world.journal.roll()).isPresent();
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void a_busy_main_process_that_outlives_the_stop_is_frozen_counted_and_killed() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "t-1");
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsSubsequence("STOP " + MAIN, "KILL " + MAIN, "KILL " + POOL, "start");
        assertThat(result.interruptedTasks())
                .extracting(t -> t.id() + " " + t.fate())
                .containsExactly("t-1 LOST");
        assertThat(world.machine.runs(SUPERVISORD)).isFalse();
    }

    @Test
    void a_program_without_autostart_that_was_running_is_started_again() {
        world.supervisor.configured.add(FakeSupervisor.as(FakeSupervisor.other("web"), "STOPPED", 0, false));
        world.supervisor.run(world.supervisor.configured.get(1));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).contains("start web");
    }

    @Test
    void a_shutdown_that_is_not_answered_is_waited_for_nevertheless() {
        world.supervisor.shutdownTrouble = Optional.of("the line was cut");
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("SHUTDOWN_UNCLEAR");
    }

    @Test
    void a_token_whose_run_failed_is_not_done() {
        world.journal.disk.put("20261101T000000Z-000000", TokenRun.ended(world, "v1", Outcome.FAILED));
        world.journal.disk.put("20261102T000000Z-000000", TokenRun.ended(world, "v2", Outcome.SUCCEEDED));
        Result result = world.run(FakeWorld.options(null, Duration.ZERO, Duration.ofSeconds(60), false, "v1"), false);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void what_an_earlier_run_spared_is_spared_again_though_it_looks_like_a_worker() {
        long clone = POOL + 30;
        world.machine.put(Machine.inGroup(
                Machine.entry(
                        clone, POOL, FakeSupervisor.WORKER, FakeSupervisor.marks(world.supervisor.configured.get(0))),
                MAIN,
                SUPERVISORD));
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.restart();
        world.machine.pause(Duration.ofSeconds(5));
        Result second = world.restart();
        assertThat(second.exitCode()).isZero();
        assertThat(world.machine.runs(clone)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == clone);
    }

    @Test
    void a_clone_that_a_task_forked_during_the_wait_is_spared_by_the_next_run_too() {
        long clone = POOL + 30;
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.onShutdown = () -> world.machine.after(
                100,
                () -> world.machine.put(Machine.inGroup(
                        Machine.entry(
                                clone,
                                POOL,
                                FakeSupervisor.WORKER,
                                FakeSupervisor.marks(world.supervisor.configured.get(0))),
                        MAIN,
                        SUPERVISORD)));
        world.restart();
        world.supervisor.onShutdown = () -> {};
        world.machine.pause(Duration.ofSeconds(5));
        world.restart();
        assertThat(world.machine.runs(clone)).isTrue();
    }
}
