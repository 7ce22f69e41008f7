package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of an earlier life went on beside the new ones, in silence, after their program had been renamed. */
class SparedOrphansTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void those_of_a_renamed_program_are_told_before_and_after_and_spared() {
        world.crash();
        rename();
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(told(result))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.WARNING, Finding.Severity.ERROR);
        assertThat(told(result).get(0).message()).contains("process " + MAIN, "no program worker any more");
        assertThat(world.machine.runs(MAIN)).isTrue();
        assertThat(world.deeds).contains("start").noneMatch(deed -> deed.startsWith("KILL"));
    }

    @Test
    void one_that_has_gone_meanwhile_was_told_before_only() {
        world.crash();
        rename();
        world.starter.onStart = () -> {
            world.supervisor.boot();
            world.machine.end(MAIN);
            world.machine.end(POOL);
            world.machine.end(POOL + 1);
        };
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(told(result)).hasSize(1);
    }

    @Test
    void those_on_the_roll_of_a_run_that_was_cut_off_are_ended_whatever_their_program_is_called_now() {
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.cutAfter("shutdown_done");
        world.machine.goOn();
        rename();
        Result result = world.restart();
        assertThat(world.deeds).contains("KILL " + POOL, "KILL " + (POOL + 1));
        assertThat(told(result)).isEmpty();
    }

    private static List<Finding> told(Result result) {
        return result.findings().stream()
                .filter(finding -> finding.code().equals("ORPHAN_SPARED"))
                .toList();
    }

    private void rename() {
        world.supervisor.configured.set(0, FakeSupervisor.celery("renamed"));
    }
}
