package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Killed;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Spared;
import dev.rollcall.core.Survivor;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Processes.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on the fake machine: what may happen between the stop and the start. */
class TroubleRouteTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_supervisord_that_waits_for_its_workers_follows_them_when_they_are_killed() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        Result result = world.run(FakeWorld.with(SHORT, Duration.ZERO, Duration.ofSeconds(60)), false);
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).doesNotContain("KILL " + SUPERVISORD);
        assertThat(result.downtimeMs()).isBetween(2000L, 8000L);
    }

    @Test
    void a_supervisord_that_has_nobody_left_and_does_not_go_is_killed() {
        world.supervisor.lingers = true;
        Result result = world.run(FakeWorld.with(SHORT, Duration.ZERO, Duration.ofSeconds(60)), false);
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("STOP_TIMEOUT", "SUPERVISORD_KILLED");
        assertThat(world.deeds).containsExactly("keep", "shutdown", "KILL " + SUPERVISORD, "start");
    }

    @Test
    void a_supervisord_that_waits_for_a_program_of_others_is_never_started_a_second_time() {
        world.supervisor.configured.add(FakeSupervisor.other("web"));
        world.supervisor.run(world.supervisor.configured.get(1));
        world.supervisor.manners.put("web", Manner.NEVER);
        Result result = world.run(FakeWorld.with(SHORT, Duration.ZERO, Duration.ofSeconds(60)), false);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.error().code()).isEqualTo("SUPERVISORD_STUCK");
        assertThat(world.deeds).containsExactly("keep", "shutdown");
    }

    @Test
    void with_a_grace_the_main_process_is_asked_before_it_is_killed() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        Result result = world.run(FakeWorld.with(SHORT, SHORT, Duration.ofSeconds(60)), false);
        assertThat(world.deeds).containsSubsequence("TERM " + MAIN, "STOP " + MAIN, "KILL " + MAIN);
        assertThat(result.killed()).extracting(Killed::signal).containsOnly("KILL");
    }

    @Test
    void a_pool_process_that_is_forked_during_the_wait_is_put_on_the_roll_and_killed() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.supervisor.onShutdown = () -> world.machine.after(100, () -> world.supervisor.fork(MAIN, POOL + 10));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.killed()).extracting(Killed::pid).contains(POOL + 10);
        assertThat(result.roll().pids()).contains(POOL + 10);
    }

    @Test
    void a_pool_process_that_is_forked_while_its_main_process_is_frozen_is_killed_too() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.STOP) {
                world.supervisor.fork(MAIN, POOL + 10);
            }
        };
        Result result = world.restart();
        assertThat(result.killed()).extracting(Killed::pid).contains(POOL + 10);
        assertThat(world.machine.runs(POOL + 10)).isFalse();
    }

    /** A process that is about to fork when it is told to stop has its child first. */
    @Test
    void so_is_one_whose_fork_was_under_way_when_its_main_process_was_told_to_stop() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.processes.msToStop = 30;
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.STOP) {
                world.machine.after(20, () -> world.supervisor.fork(MAIN, POOL + 10));
            }
        };
        Result result = world.restart();
        assertThat(result.killed()).extracting(Killed::pid).contains(POOL + 10);
        assertThat(world.machine.runs(POOL + 10)).isFalse();
    }

    @Test
    void a_main_process_that_does_not_stop_at_once_is_killed_all_the_same() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.processes.msToStop = 60_000;
        assertThat(world.restart().killed()).extracting(Killed::pid).contains(MAIN);
        assertThat(world.deeds).contains("KILL " + MAIN).doesNotContain("stopped " + MAIN);
    }

    @Test
    void a_task_that_starts_during_the_wait_and_is_cut_short_is_named() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.onShutdown = () -> world.machine.after(500, () -> world.busy(MAIN, "late"));
        assertThat(world.restart().interruptedTasks()).extracting(t -> t.id()).containsExactly("late");
    }

    @Test
    void a_bystander_is_spared() {
        long daemon = POOL + 20;
        world.machine.put(Machine.entry(daemon, POOL, List.of("sleep", "600"), Map.of()));
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        Result result = world.restart();
        assertThat(result.spared()).containsExactly(new Spared(daemon, Spared.Reason.BYSTANDER));
        assertThat(world.machine.runs(daemon)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == daemon);
    }

    @Test
    void a_bystander_that_writes_to_supervisords_pipe_is_warned_of() {
        long daemon = POOL + 20;
        world.machine.put(Machine.entry(daemon, POOL, List.of("sleep", "600"), Map.of()));
        world.processes.piped.add(daemon);
        assertThat(FakeWorld.codes(world.restart())).contains("BYSTANDER_PIPE");
    }

    @Test
    void a_pid_that_another_process_got_meanwhile_is_spared() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.processes.before = (pid, signal) -> {
            if (pid == POOL && signal == Signal.KILL) {
                world.machine.reuse(POOL);
            }
        };
        Result result = world.restart();
        assertThat(result.spared()).containsExactly(new Spared(POOL, Spared.Reason.REUSED_PID));
        assertThat(world.machine.runs(POOL)).isTrue();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void a_leftover_that_may_not_be_killed_is_a_survivor() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.processes.denied.add(POOL);
        survived(world.restart(), "the kernel did not permit SIGKILL");
    }

    @Test
    void a_leftover_that_kill_does_not_end_is_a_survivor() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.processes.undying.add(POOL);
        survived(world.restart(), "SIGKILL had no effect");
    }

    private void survived(Result result, String why) {
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.survivors()).extracting(Survivor::pid).containsExactly(POOL);
        assertThat(result.survivors().get(0).reason()).contains(why);
        assertThat(result.downtimeMs()).as("it does not keep the service down").isLessThan(15_000);
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }
}
