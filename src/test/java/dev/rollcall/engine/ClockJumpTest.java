package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set while a run is under way, again and again; the run is the same as without. */
class ClockJumpTest {
    @ParameterizedTest
    @ValueSource(strings = {"P400D", "-P400D"})
    void neither_waits_nor_verdicts_depend_on_it(String jump, @TempDir Path still, @TempDir Path set) {
        Result calm = restart(FakeWorld.running(still), Duration.ZERO);
        Result jumpy = restart(FakeWorld.running(set), Duration.parse(jump));
        assertThat(jumpy.exitCode()).isZero();
        assertThat(jumpy.killed()).extracting(Killed::pid).containsExactlyElementsOf(pids(calm.killed()));
        assertThat(pids(calm.killed())).contains(MAIN, POOL);
        assertThat(jumpy.interruptedTasks()).isEqualTo(calm.interruptedTasks()).hasSize(1);
        assertThat(jumpy.downtimeMs()).isEqualTo(calm.downtimeMs());
        assertThat(jumpy.durationMs())
                .as("by the steps, if the clock was set back")
                .isGreaterThanOrEqualTo(jumpy.downtimeMs());
        assertThat(FakeWorld.codes(jumpy)).isEqualTo(FakeWorld.codes(calm));
    }

    private static List<Long> pids(List<Killed> killed) {
        return killed.stream().map(Killed::pid).toList();
    }

    private static Result restart(FakeWorld world, Duration jump) {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "cut short");
        world.progress = new Progress() {
            @Override
            public void happened(Event event) {
                world.machine.jump(jump);
            }

            @Override
            public void waiting(String forWhat) {
                world.machine.jump(jump.negated());
            }
        };
        return world.run(FakeWorld.with(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(60)), false);
    }
}
