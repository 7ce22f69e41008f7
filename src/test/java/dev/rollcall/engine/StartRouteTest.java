package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on the fake machine: how the service comes back, or does not. */
class StartRouteTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_start_that_fails_once_is_tried_again() {
        world.starter.failures = 1;
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start", "start");
    }

    @Test
    void a_start_that_fails_three_times_leaves_the_service_down_and_says_so() {
        world.starter.failures = 3;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.service()).isEqualTo(Service.DOWN);
        assertThat(result.error().code()).isEqualTo("START_FAILED");
        assertThat(result.error().message()).contains("port is taken");
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start", "start", "start");
    }

    /** Incident: the state folder had become read-only, and supervisord was not started for want of a place for its words. */
    @Test
    void a_foreground_one_whose_words_have_no_place_is_started_all_the_same_and_that_is_said_once() {
        world.starter.foreground = true;
        world.journal.mute = true;
        world.starter.failures = 2;
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsOnlyOnce("OUTPUT_LOST").doesNotContain("INTERNAL_ERROR");
    }

    @Test
    void a_supervisord_that_is_down_is_not_started_by_a_guess_where_its_recipe_cannot_be_used() {
        world.crash();
        world.starter.unusable = "tried to read the recipe but others may write it; remove it";
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("RECIPE_UNUSABLE");
        assertThat(result.error().message()).isEqualTo(world.starter.unusable);
        assertThat(world.deeds).isEmpty();
    }

    @Test
    void while_it_runs_and_can_be_observed_such_a_recipe_does_not_matter() {
        world.starter.unusable = "tried to read the recipe but others may write it; remove it";
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).doesNotContain("RECIPE_UNUSABLE");
    }

    @Test
    void one_that_goes_into_the_background_needs_no_such_place() {
        world.journal.mute = true;
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).doesNotContain("OUTPUT_LOST");
    }

    /** A ^C that is held down ends what Rollcall has just executed, before that can ignore signals. */
    @Test
    void a_start_that_a_signal_has_cut_short_is_no_try() {
        world.starter.cutShort = 9;
        world.starter.failures = 2;
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds.stream().filter("start"::equals)).hasSize(12);
    }

    @Test
    void starts_that_are_cut_short_for_ever_end_with_the_time_for_a_start() {
        world.starter.cutShort = Integer.MAX_VALUE;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().message()).contains("exit code 143");
        assertThat(world.starter.cutShort).isGreaterThan(Integer.MAX_VALUE - 70);
    }

    @Test
    void a_supervisord_that_never_answers_is_a_failed_start() {
        world.starter.onStart = () -> {};
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().message()).contains("did not answer within 60 s");
    }

    /** Incident: with a start_timeout of 50 ms what starts supervisord was killed three times, before it could. */
    @Test
    void a_time_to_start_in_that_is_none_is_made_long_enough_to_start() {
        world.starter.onStart = () -> world.machine.after(5000, world.supervisor::boot);
        world.supervisor.stateAfter = "STARTING";
        world.machine.after(9000, () -> world.supervisor.run(world.supervisor.configured.get(0)));
        Result result = world.run(FakeWorld.with(null, Duration.ZERO, Duration.ofMillis(50)), false);
        assertThat(result.error()).isNull();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
        assertThat(world.starter.limit).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_supervisord_that_somebody_else_has_started_is_taken_as_it_is() {
        world.machine.whenSomebodyEnds(() -> {
            if (!world.machine.runs(FakeWorld.SUPERVISORD) && !world.machine.runs(NEW_SUPERVISORD)) {
                world.supervisor.boot();
            }
        });
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("STARTED_BY_OTHER");
        assertThat(world.deeds).containsExactly("keep", "shutdown");
    }

    @Test
    void one_that_somebody_else_starts_a_moment_before_ours_is_told_of() {
        world.starter.failures = 1;
        world.starter.beside = world.supervisor::boot;
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("STARTED_BY_OTHER");
        assertThat(world.deeds).containsOnlyOnce("start");
    }

    @Test
    void a_supervisord_that_somebody_else_has_restarted_since_the_roll_is_not_shut_down() {
        world.journal.breaksAt = event -> {
            if (event instanceof Event.RollTaken) {
                world.machine.table().descendants(FakeWorld.SUPERVISORD).forEach(e -> world.machine.end(e.pid()));
                world.machine.end(FakeWorld.SUPERVISORD);
                world.supervisor.boot();
            }
            return false;
        };
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).contains("STARTED_BY_OTHER");
        assertThat(result.killed()).isEmpty();
        assertThat(world.deeds).containsExactly("keep");
    }

    @Test
    void a_program_that_becomes_fatal_is_a_service_that_is_down() {
        world.supervisor.stateAfter = "FATAL";
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().code()).isEqualTo("PROGRAM_NOT_RUNNING");
        assertThat(result.error().message()).contains("worker is FATAL");
        assertThat(result.durationMs()).isLessThan(10_000);
    }

    @Test
    void a_program_that_does_not_come_up_in_time_is_a_service_that_is_down() {
        world.supervisor.stateAfter = "STARTING";
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().message()).contains("worker is STARTING");
        assertThat(result.durationMs()).isBetween(60_000L, 65_000L);
    }

    @Test
    void a_node_that_answered_before_and_is_silent_after_needs_a_look() {
        world.celery.silentAfter = true;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(FakeWorld.codes(result)).containsExactly("NODE_SILENT_AFTER");
    }

    @Test
    void a_node_that_was_silent_before_and_is_silent_after_needs_a_look_too() {
        world.celery.silent.add(MAIN);
        world.celery.silentAfter = true;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(FakeWorld.codes(result)).containsExactly("NODE_SILENT", "NODE_SILENT_AFTER");
        assertThat(result.downtimeMs()).isLessThan(60_000);
    }

    @Test
    void an_orphan_that_comes_anew_needs_a_look_and_is_not_killed_after_the_start() {
        world.starter.onStart = () -> {
            world.supervisor.boot();
            world.machine.put(Machine.inGroup(
                    Machine.entry(
                            POOL + 50,
                            1,
                            FakeSupervisor.WORKER,
                            FakeSupervisor.marks(world.supervisor.configured.get(0))),
                    POOL + 50,
                    9));
        };
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(FakeWorld.codes(result)).containsExactly("ORPHAN_LEFT");
        assertThat(world.machine.runs(POOL + 50)).isTrue();
    }

    @Test
    void orphans_of_a_crashed_supervisord_are_ended_and_the_service_is_started() {
        world.crash();
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.changed()).isTrue();
        assertThat(result.killed()).extracting(Killed::pid).containsExactlyInAnyOrder(MAIN, POOL, POOL + 1);
        assertThat(world.deeds).doesNotContain("shutdown").contains("start");
        assertThat(result.steps())
                .filteredOn(s -> s.name().equals("shutdown"))
                .extracting(Result.StepReport::outcome)
                .containsExactly(Event.StepDone.Ended.SKIPPED);
    }

    @Test
    void a_service_that_is_down_is_started_though_answers_are_required_and_nobody_gives_one() {
        world.crash();
        world.celery.silent.add(MAIN);
        Result result = world.run(FakeWorld.options(null, Duration.ZERO, Duration.ofSeconds(60), true, null), false);
        assertThat(result.exitCode()).isZero();
        assertThat(result.killed()).extracting(Killed::pid).containsExactlyInAnyOrder(MAIN, POOL, POOL + 1);
        assertThat(world.deeds).contains("start");
    }

    @Test
    void a_target_without_supervisord_and_without_orphans_is_started() {
        world.crash();
        List.of(MAIN, POOL, POOL + 1).forEach(world.machine::end);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "start");
    }

    @Test
    void a_start_that_nobody_has_seen_before_is_told_of_in_the_plan_already() {
        world.crash();
        Result plan = world.run(Options.DEFAULTS, true);
        assertThat(FakeWorld.codes(plan)).contains("RECIPE_INVENTED");
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).contains("RECIPE_INVENTED");
    }

    @Test
    void nothing_is_invented_where_a_unit_or_the_target_says_how_to_start() {
        world.crash();
        world.starter.unit = "s.service";
        world.starter.unitNames = true;
        assertThat(FakeWorld.codes(world.run(Options.DEFAULTS, true))).doesNotContain("RECIPE_INVENTED");
        world.starter.unit = "";
        world.start = List.of("/srv/start-all");
        assertThat(FakeWorld.codes(world.run(Options.DEFAULTS, true))).doesNotContain("RECIPE_INVENTED");
    }

    @Test
    void an_interrupt_after_the_shutdown_waits_until_the_service_is_up() {
        world.supervisor.onShutdown = () -> assertThat(world.interrupt.raise(2)).isTrue();
        assertThat(world.restart().exitCode()).isZero();
    }
}
