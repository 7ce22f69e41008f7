package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs were before decides what must be true of them afterwards. */
class FormerStatesTest {
    private FakeWorld world;

    /** A worker; web, with autostart; byhand, without. */
    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.supervisor.configured.add(FakeSupervisor.other("web"));
        world.supervisor.configured.add(FakeSupervisor.as(FakeSupervisor.other("byhand"), "STOPPED", 0, false));
        world.supervisor.boot();
        world.supervisor.run(world.supervisor.configured.get(2));
    }

    @Test
    void one_that_was_caught_starting_and_crashes_over_and_over_is_in_trouble_and_not_the_service() {
        world.supervisor.fail("web", "STARTING");
        world.supervisor.statesAfter.put("web", "BACKOFF");
        trouble(world.restart());
    }

    @Test
    void so_is_one_that_supervisord_gives_up() {
        world.supervisor.fail("web", "STARTING");
        world.supervisor.statesAfter.put("web", "FATAL");
        Result result = world.restart();
        trouble(result);
        assertThat(result.durationMs()).isLessThan(5_000);
    }

    @Test
    void one_that_was_starting_and_starts_slowly_is_waited_for() {
        world.supervisor.fail("web", "STARTING");
        world.supervisor.statesAfter.put("web", "STARTING");
        world.starter.onStart = () -> {
            world.supervisor.boot();
            world.machine.after(40_000, () -> world.supervisor.run(world.supervisor.configured.get(1)));
        };
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.durationMs()).isBetween(40_000L, 45_000L);
    }

    /** Celery answers long before its startsecs are over. */
    @Test
    void one_that_was_starting_while_its_node_answered_was_up() {
        world.supervisor.isStarting("worker");
        world.supervisor.statesAfter.put("worker", "FATAL");
        down(world.restart());
    }

    @Test
    void where_nothing_was_running_what_was_starting_is_the_service() {
        world.supervisor.fail("worker", "STARTING");
        world.supervisor.fail("web", "STARTING");
        world.supervisor.fail("byhand", "STOPPED");
        world.supervisor.stateAfter = "FATAL";
        down(world.restart());
    }

    @Test
    void a_celery_program_that_was_in_trouble_before_is_not_said_to_run_and_be_silent() {
        world.supervisor.fail("worker", "STARTING");
        world.supervisor.statesAfter.put("worker", "BACKOFF");
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(codes(result)).contains("PROGRAM_IN_TROUBLE").doesNotContain("NODE_SILENT_AFTER");
    }

    @Test
    void a_program_without_autostart_that_runs_already_is_not_started_once_more() {
        world.cutAfter("start_begun");
        world.supervisor.boot();
        world.supervisor.run(world.supervisor.configured.get(2));
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(codes(result)).doesNotContain("PROGRAM_NOT_STARTED");
        assertThat(world.deeds).doesNotContain("start byhand");
    }

    @Test
    void one_that_has_not_been_started_before_the_cut_is_started() {
        world.cutAfter("start_begun");
        world.supervisor.boot();
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.deeds).contains("start byhand");
    }

    @Test
    void one_that_somebody_has_stopped_since_it_was_started_stays_stopped() {
        world.cutAfter("start_done");
        world.supervisor.fail("byhand", "STOPPED");
        world.supervisor.fail("web", "STOPPED");
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(codes(result)).contains("PROGRAM_STOPPED");
        assertThat(world.deeds).containsOnlyOnce("start byhand").doesNotContain("start web");
    }

    @Test
    void what_supervisord_has_given_up_is_started_once_its_cause_is_mended() {
        world.supervisor.statesAfter.put("web", "FATAL");
        assertThat(world.restart().exitCode()).isEqualTo(6);
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).contains("start web");
    }

    @Test
    void another_version_of_supervisor_since_the_cut_makes_no_difference() {
        world.cutAfter("shutdown_done");
        world.supervisor.version = "4.3.0";
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
    }

    @Test
    void with_a_broken_configuration_a_supervisord_that_runs_is_not_said_to_be_down() {
        world.cutAfter("shutdown_done");
        world.supervisor.boot();
        world.supervisor.confTrouble = Optional.of("line 3 is odd");
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.UNKNOWN);
        world.supervisor.confTrouble = Optional.empty();
        assertThat(world.resume().orElseThrow().service()).isEqualTo(Service.UP);
    }

    private static void down(Result result) {
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.error().code()).isEqualTo("PROGRAM_NOT_RUNNING");
    }

    private static void trouble(Result result) {
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(codes(result)).contains("PROGRAM_IN_TROUBLE");
        assertThat(result.durationMs()).isLessThan(20_000);
    }
}
