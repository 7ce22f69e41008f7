package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that has a run before it finished first has changed something, whatever becomes of the request itself. */
class FinishedFirstTest {
    private FakeWorld world;
    private String cut = "";

    @BeforeEach
    void cut_off_while_its_supervisord_is_on_the_way_out(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.cutAfter("tasks_seen", token());
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        cut = world.journal.runs().get(0);
    }

    @Test
    void the_same_token_is_done_by_it() {
        Result result = world.run(token(), false);
        assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(result.exitCode()).isZero();
        assertThat(result.changed()).isTrue();
        assertThat(FakeWorld.codes(result)).containsExactly("RUN_FINISHED", "TOKEN_DONE");
        assertThat(result.findings()).extracting(Finding::message).allMatch(m -> m.contains("run " + cut));
    }

    @Test
    void one_that_is_refused_then_does_not_say_that_nothing_was_changed() {
        spoilTheConfigurationAfterTheFirstEnd();
        Result result = world.run(Options.DEFAULTS, false);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.changed()).isTrue();
        assertThat(FakeWorld.codes(result)).contains("RUN_FINISHED");
    }

    @Test
    void so_does_one_that_is_gone_on_with_after_it() {
        world.journal.disk.put("newer", world.copyOfFirst(cut, "newer"));
        Result result = world.resume("newer").orElseThrow();
        assertThat(result.runId()).isEqualTo("newer");
        assertThat(result.changed()).isTrue();
        assertThat(FakeWorld.codes(result)).contains("RUN_FINISHED", "TOKEN_DONE");
    }

    @Test
    void nobody_says_so_of_a_token_that_was_done_long_before() {
        world.run(token(), false);
        world.machine.pause(Duration.ofSeconds(1));
        Result again = world.run(token(), false);
        assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(again.changed()).isFalse();
        assertThat(FakeWorld.codes(again)).isEqualTo(List.of("TOKEN_DONE"));
    }

    /** The connection was lost, and with it the names of the tasks that the run had cut short. */
    @Test
    void who_asks_again_is_told_that_the_run_had_something_to_say(@TempDir Path another) {
        world = FakeWorld.running(another);
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(FakeWorld.MAIN, "t");
        Result first = world.run(token(), false);
        assertThat(first.interruptedTasks()).hasSize(1);
        Result again = world.run(token(), false);
        assertThat(again.findings()).singleElement().satisfies(f -> assertThat(f.message())
                .endsWith("already (exit code " + first.exitCode() + ", interrupted tasks: 1; see: rollcall runs "
                        + first.runId() + "); nothing to do"));
    }

    @Test
    void whoever_watches_is_told_of_both_as_they_begin() {
        List<String> told = new ArrayList<>();
        world.progress = new Progress() {
            @Override
            public void underWay(String runId) {
                assertThat(world.journal.runs()).contains(runId);
                told.add(runId);
            }

            @Override
            public void happened(Event event) {}

            @Override
            public void waiting(String forWhat) {}
        };
        Result result = world.run(token(), false);
        assertThat(told).containsExactly(cut, result.runId());
    }

    private void spoilTheConfigurationAfterTheFirstEnd() {
        world.progress = new Progress() {
            @Override
            public void happened(Event event) {
                if (event instanceof Event.RunEnded) {
                    world.supervisor.confTrouble = Optional.of("line 3 is odd");
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }

    private static Options token() {
        Options d = Options.DEFAULTS;
        return FakeWorld.options(d.stopTimeout(), d.killGrace(), d.startTimeout(), false, "v1");
    }
}
