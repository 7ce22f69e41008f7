package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Result;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run was cut off, and then another one of the same configuration was too. */
class SeveralCutOffRunsTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
    }

    @Test
    void the_older_one_does_not_end_the_newer_as_if_it_had_finished_it() {
        String old = cut("shutdown_done");
        String newer = cut("kill_begun");
        assertThatThrownBy(() -> resume(old))
                .isInstanceOf(SupersededException.class)
                .hasMessageContaining("rollcall resume " + newer);
        assertThat(standing(old)).isEqualTo(Standing.CUT_OFF);
        assertThat(standing(newer)).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void the_newer_one_finishes_both() {
        String old = cut("shutdown_done");
        String newer = cut("kill_begun");
        Result result = world.resume().orElseThrow();
        assertThat(result.runId()).isEqualTo(newer);
        assertThat(result.exitCode()).isZero();
        assertThat(List.of(MAIN, POOL, POOL + 1)).noneMatch(world.machine::runs);
        assertThat(standing(old)).isEqualTo(Standing.OVER);
        assertThat(world.resume()).isEmpty();
    }

    @Test
    void the_older_one_can_be_resumed_if_the_newer_has_changed_nothing_and_leaves_that_to_be_done() {
        String old = cut("shutdown_done");
        String newer = cut("inspect_begun");
        assertThat(world.resume(old).orElseThrow().exitCode()).isZero();
        assertThat(standing(newer)).isEqualTo(Standing.UNTOUCHED);
        world.supervisor.manners.clear();
        assertThat(world.resume().orElseThrow().runId()).isEqualTo(newer);
    }

    /** The one that has changed nothing knows neither what to end nor how long to wait. */
    @Test
    void one_that_has_changed_nothing_lets_an_older_one_wait_for_its_supervisord_first() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        String old = cut("tasks_seen");
        world.machine.pause(Duration.ofSeconds(1));
        world.journal.disk.put("newer", world.copyOfFirst(old, "newer"));
        Result result = world.resume().orElseThrow();
        assertThat(result.runId()).isEqualTo("newer");
        assertThat(result.exitCode()).isZero();
        assertThat(standing(old)).isEqualTo(Standing.OVER);
        assertThat(world.journal.read(old).orElseThrow())
                .extracting(e -> e.event().type())
                .contains("resumed", "ended");
    }

    @Test
    void one_that_is_refused_has_served_nobody_who_had_asked_before() {
        String untouched = cut("inspect_begun");
        world.supervisor.confTrouble = Optional.of("line 3 is odd");
        assertThat(world.restart().exitCode()).isEqualTo(4);
        assertThat(standing(untouched)).isEqualTo(Standing.UNTOUCHED);
        world.supervisor.confTrouble = Optional.empty();
        assertThat(world.resume().orElseThrow().runId()).isEqualTo(untouched);
    }

    private String cut(String after) {
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        world.cutAfter(after);
        world.machine.goOn();
        return world.journal.runs().get(0);
    }

    private Optional<Result> resume(String run) throws Engine.Busy, SupersededException {
        world.machine.goOn();
        return world.engine()
                .resume(run, world.request(dev.rollcall.core.Options.DEFAULTS, false), "cli", Progress.NONE);
    }

    private Standing standing(String run) {
        return Standing.of(world.journal.read(run).orElseThrow());
    }
}
