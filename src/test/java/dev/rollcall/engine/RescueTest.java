package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Processes.Signal;
import dev.rollcall.port.Supervisor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that breaks: before the shutdown nothing was touched, after it the service is up again (S8). */
class RescueTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requested",
                "preflight_begun",
                "preflight_done",
                "inspect_begun",
                "inspect_done",
                "persist_begun",
                "roll_taken",
                "persist_done",
                "drain_begun",
                "drain_done",
                "shutdown_begun",
            })
    void a_step_that_breaks_before_the_shutdown_has_touched_nothing(String event) {
        world.breakAt(event);
        assertThatThrownBy(() -> world.restart()).hasMessage("broken at " + event);
        assertThat(world.deeds).doesNotContain("shutdown", "start");
        assertThat(world.processes.signalled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks_seen",
                "shutdown_done",
                "kill_begun",
                "killed",
                "kill_done",
                "start_begun",
                "start_done",
                "verify_begun",
                "verify_done",
                "ended",
            })
    void a_step_that_breaks_after_the_shutdown_leaves_the_service_up(String event) {
        world.supervisor.onShutdown = () -> world.machine.after(50, () -> world.busy(FakeWorld.MAIN, "t"));
        world.breakAt(event);
        rescued(world.restart());
        assertThat(Collections.frequency(world.deeds, "start")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shutdown_done", "kill_begun", "killed", "kill_done", "start_begun", "start_done"})
    void so_does_one_that_breaks_while_no_supervisord_was_running(String event) {
        world.crash();
        world.breakAt(event);
        rescued(world.restart());
    }

    /** Incident: a host without a free file descriptor left a main process frozen for good, and no document named it. */
    @Test
    void a_main_process_that_was_frozen_when_the_kill_broke_is_ended_before_the_start() {
        world.crash();
        AtomicBoolean broken = new AtomicBoolean();
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.KILL && broken.compareAndSet(false, true)) {
                throw new IllegalStateException("Too many open files");
            }
        };
        Result result = world.restart();
        rescued(result);
        assertThat(List.of(FakeWorld.MAIN, FakeWorld.POOL)).noneMatch(world.machine::runs);
        assertThat(result.survivors()).isEmpty();
    }

    /** Its first life had given up, after a start that was none. */
    @Test
    void that_the_run_has_come_to_a_start_in_an_earlier_life_changes_nothing_of_that() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.cutAfter("shutdown_begun");
        world.supervisor.reach = Supervisor.Reach.SILENT;
        assertThat(world.resume().orElseThrow().exitCode()).isEqualTo(6);
        world.supervisor.reach = Supervisor.Reach.UP;
        AtomicBoolean broken = new AtomicBoolean();
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.KILL && broken.compareAndSet(false, true)) {
                throw new IllegalStateException("Too many open files");
            }
        };
        assertThat(world.resume().orElseThrow().survivors()).isEmpty();
        assertThat(broken).isTrue();
        assertThat(List.of(FakeWorld.POOL, FakeWorld.POOL + 1)).noneMatch(world.machine::runs);
    }

    @Test
    void what_cannot_be_ended_then_either_is_named_and_keeps_no_service_down() {
        world.crash();
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.KILL) {
                throw new IllegalStateException("Too many open files");
            }
        };
        Result result = world.restart();
        rescued(result);
        assertThat(result.survivors())
                .extracting(s -> s.pid())
                .contains(FakeWorld.MAIN)
                .doesNotHaveDuplicates();
    }

    /** Below it they are its own, and it may not have agreed to go. */
    @Test
    void nobody_is_ended_below_a_supervisord_that_has_not_gone() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.onShutdown = () -> world.machine.after(50, () -> world.busy(FakeWorld.MAIN, "t"));
        world.breakAt("tasks_seen");
        world.restart();
        assertThat(world.processes.signalled).isEmpty();
    }

    @Test
    void nothing_is_started_beside_the_old_supervisord() {
        world.supervisor.onShutdown = () -> world.machine.after(50, () -> world.busy(FakeWorld.MAIN, "t"));
        world.breakAt("tasks_seen");
        world.starter.onStart = () -> {
            assertThat(world.machine.runs(FakeWorld.SUPERVISORD)).isFalse();
            world.supervisor.boot();
        };
        rescued(world.restart());
    }

    @Test
    void a_service_that_does_not_come_up_then_is_down() {
        world.breakAt("kill_begun");
        world.starter.failures = 3;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.error().code()).isEqualTo("START_FAILED");
    }

    /** Incident: the second try met the same exception, and "refused, nothing changed" was the word for a service that was down. */
    @Test
    void a_rescue_that_breaks_as_well_says_that_the_service_may_be_down() {
        world.starter.onStart = () -> {
            throw new IllegalStateException("broken at each start");
        };
        untold(world.restart(), "broken at each start");
    }

    @Test
    void so_does_a_run_that_cannot_even_be_taken_up_again() {
        world.cutAfter("shutdown_done");
        world.starter.onKept = () -> {
            throw new IllegalStateException("broken in what was kept");
        };
        untold(world.resume().orElseThrow(), "broken in what was kept");
        world.starter.onKept = () -> {};
        assertThat(world.resume().orElseThrow().service()).isEqualTo(Service.UP);
    }

    /** The engine that carries it out stops: the next one goes on with it. */
    @Test
    void a_run_that_had_changed_nothing_is_left_once_more_without_an_end() {
        world.cutAfter("inspect_begun");
        world.interrupt.abandon();
        assertThatThrownBy(() -> world.resume()).isInstanceOf(Interrupt.Abandoned.class);
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.UNTOUCHED);
    }

    private void untold(Result result, String why) {
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.UNKNOWN);
        assertThat(result.error().code()).isEqualTo("INTERNAL_ERROR");
        assertThat(result.error().message()).contains(why, "rollcall resume " + result.runId());
        assertThat(world.journal.latest())
                .last()
                .extracting(e -> e.event().type())
                .isEqualTo("ended");
    }

    private void rescued(Result result) {
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.error().code()).isEqualTo("INTERNAL_ERROR");
        assertThat(codes(result)).contains("INTERNAL_ERROR");
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }
}
