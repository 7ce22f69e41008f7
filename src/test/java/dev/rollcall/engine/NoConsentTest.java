package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Supervisor.Reach;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A supervisord that has not agreed to go keeps its workers: nobody below it may be killed, nor it itself. */
class NoConsentTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reach.class,
            names = {"DENIED", "SILENT", "ABSENT"})
    void one_that_cannot_be_asked_after_a_cut_is_waited_for_and_nobody_is_killed(Reach reach) {
        world.cutAfter("shutdown_begun");
        world.supervisor.reach = reach;
        Result result = world.resume().orElseThrow();
        everybodyLives();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.UNKNOWN);
        assertThat(result.error().code()).isEqualTo("SHUTDOWN_UNANSWERED");
        assertThat(result.error().message()).contains("rollcall resume " + result.runId());
        world.supervisor.reach = Reach.UP;
        Result mended = world.resume().orElseThrow();
        assertThat(mended.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "keep", "shutdown", "start");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reach.class,
            names = {"DENIED", "SILENT", "ABSENT"})
    void one_that_answers_again_in_time_is_asked_with_a_roll_of_now(Reach reach) {
        world.cutAfter("shutdown_begun");
        world.supervisor.reach = reach;
        world.machine.after(5000, () -> world.supervisor.reach = Reach.UP);
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "keep", "shutdown", "start");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reach.class,
            names = {"DENIED", "SILENT", "ABSENT"})
    void one_that_has_no_child_is_not_killed_for_its_silence(Reach reach) {
        world.cutAfter("shutdown_begun");
        world.machine.table().descendants(SUPERVISORD).forEach(e -> world.machine.end(e.pid()));
        world.supervisor.reach = reach;
        world.resume();
        assertThat(world.processes.signalled).isEmpty();
        assertThat(world.machine.runs(SUPERVISORD)).isTrue();
    }

    @Test
    void one_whose_socket_went_first_is_waited_for() {
        world.cutAfter("shutdown_begun");
        world.supervisor.reach = Reach.ABSENT;
        world.machine.after(1300, () -> {
            world.machine.table().descendants(SUPERVISORD).forEach(e -> world.machine.end(e.pid()));
            world.machine.end(SUPERVISORD);
        });
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "start");
    }

    @Test
    void one_that_refuses_and_runs_on_leaves_the_service_up_and_says_so() {
        world.supervisor.refuses = true;
        Result result = world.restart();
        refused(result);
        assertThat(result.changed()).isFalse();
        assertThat(result.downtimeMs()).isZero();
        assertThat(world.resume()).isEmpty();
    }

    @Test
    void so_does_one_that_is_asked_again_after_a_cut() {
        world.cutAfter("shutdown_begun");
        world.supervisor.refuses = true;
        refused(world.resume().orElseThrow());
    }

    @Test
    void a_reload_that_looks_like_a_shutdown_is_none() {
        world.supervisor.refuses = true;
        world.supervisor.onShutdown = () -> {
            world.supervisor.reach = Reach.STOPPING;
            world.machine.after(2000, () -> world.supervisor.reach = Reach.UP);
        };
        refused(world.restart());
    }

    /** What it was told to stop and has not stopped is ended; that it comes up again is then no shutdown that is stuck. */
    @Test
    void a_reload_that_outlasts_the_stop_timeout_is_no_supervisord_that_is_stuck() {
        world.supervisor.refuses = true;
        world.supervisor.onShutdown = () -> {
            world.supervisor.reach = Reach.STOPPING;
            world.supervisor.lingers = true;
            world.machine.after(60_000, () -> {
                world.supervisor.run(world.supervisor.configured.get(0));
                world.supervisor.reach = Reach.UP;
            });
        };
        world.supervisor.configured.add(FakeSupervisor.other("web"));
        world.supervisor.run(world.supervisor.configured.get(1));
        Result result = world.restart();
        assertThat(result.error().code()).isEqualTo("SHUTDOWN_REFUSED");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.changed()).isTrue();
        assertThat(world.deeds).doesNotContain("KILL " + SUPERVISORD);
    }

    @Test
    void a_program_that_fell_down_meanwhile_is_a_service_that_is_down() {
        world.supervisor.refuses = true;
        world.supervisor.onShutdown = () -> world.machine.after(500, () -> world.supervisor.fail("worker", "FATAL"));
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.error().code()).isEqualTo("PROGRAM_NOT_RUNNING");
    }

    @Test
    void a_unit_that_systemd_does_not_stop_keeps_its_workers() {
        world.starter.unit = "supervisor.service";
        world.starter.stopping = "echo access denied >&2; exit 4";
        Result result = world.restart();
        refused(result);
        assertThat(result.error().message()).contains("access denied");
    }

    @Test
    void one_that_systemd_has_not_stopped_in_time_may_still_go_and_keeps_its_workers() {
        world.starter.unit = "supervisor.service";
        world.starter.stopping = "exit 0";
        Result result = world.restart();
        everybodyLives();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.UNKNOWN);
        assertThat(result.error().code()).isEqualTo("SHUTDOWN_UNANSWERED");
    }

    @Test
    void a_unit_that_systemd_stops_is_started_again() {
        world.starter.unit = "supervisor.service";
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "stop unit", "shutdown", "start");
    }

    @Test
    void after_a_cut_a_unit_is_stopped_by_systemd_though_its_supervisord_does_not_answer() {
        world.starter.unit = "supervisor.service";
        world.cutAfter("shutdown_begun");
        world.supervisor.reach = Reach.DENIED;
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "stop unit", "shutdown", "start");
    }

    /** Its socket was taken away, and somebody has started another one. */
    @Test
    void an_old_one_that_lives_beside_a_new_one_needs_a_look_and_keeps_its_workers() {
        world.cutAfter("shutdown_begun");
        world.supervisor.boot();
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(FakeWorld.codes(result)).contains("SECOND_SUPERVISORD", "STARTED_BY_OTHER");
        everybodyLives();
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }

    @Test
    void an_old_one_that_goes_while_a_new_one_is_there_leaves_leftovers_that_are_ended() {
        world.cutAfter("shutdown_begun");
        world.supervisor.boot();
        world.machine.after(1300, () -> world.machine.end(SUPERVISORD));
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.machine.runs(MAIN)).isFalse();
        assertThat(world.machine.runs(POOL)).isFalse();
        assertThat(world.machine.runs(NEW_SUPERVISORD + 100)).isTrue();
    }

    @Test
    void a_fresh_run_does_not_end_well_beside_an_old_one_either() {
        world.journal.breaksAt = event -> {
            if (event instanceof dev.rollcall.core.Event.RollTaken) {
                world.supervisor.boot();
            }
            return false;
        };
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(FakeWorld.codes(result)).contains("SECOND_SUPERVISORD");
        assertThat(world.deeds).doesNotContain("shutdown");
        everybodyLives();
    }

    @Test
    void one_that_has_agreed_is_followed_as_before() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds).contains("KILL " + MAIN, "start");
    }

    private void refused(Result result) {
        everybodyLives();
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.error().code()).isEqualTo("SHUTDOWN_REFUSED");
        assertThat(world.deeds).doesNotContain("start");
        assertThat(result.durationMs()).isLessThan(15_000);
    }

    private void everybodyLives() {
        assertThat(world.processes.signalled).isEmpty();
        assertThat(List.of(SUPERVISORD, MAIN, POOL, POOL + 1)).allMatch(world.machine::runs);
    }
}
