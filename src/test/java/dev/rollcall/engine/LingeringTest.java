package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervisord that has outlived its time (S15). */
class LingeringTest {
    private static final long WEB = SUPERVISORD + 200;

    private long childEnded;
    private long supervisordKilled;

    @Test
    void one_whose_last_child_has_just_gone_has_three_seconds_to_see_it(@TempDir Path folder) {
        FakeWorld world = FakeWorld.running(folder);
        world.supervisor.configured.add(FakeSupervisor.other("web"));
        world.supervisor.run(world.supervisor.configured.get(1));
        world.supervisor.manners.put("web", Manner.NEVER);
        world.supervisor.lingers = true;
        world.progress = whenOutOfTime(() -> world.machine.after(4000, () -> {
            childEnded = world.machine.nanos();
            world.machine.end(WEB);
        }));
        world.processes.before = (pid, signal) -> supervisordKilled = world.machine.nanos();
        Result result = world.run(FakeWorld.with(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(60)), false);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(world.deeds).containsExactly("keep", "shutdown", "KILL " + SUPERVISORD, "start");
        assertThat(FakeWorld.codes(result))
                .as("supervisord has ended its program after all")
                .doesNotContain("OTHER_SURVIVED");
        assertThat(Duration.ofNanos(supervisordKilled - childEnded))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    }

    @Test
    void one_that_has_gone_in_time_has_outlived_nothing(@TempDir Path folder) {
        FakeWorld world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        Result result = world.restart();
        assertThat(result.steps()).extracting(Result.StepReport::name).contains("kill");
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).doesNotContain("KILL " + SUPERVISORD);
    }

    private static Progress whenOutOfTime(Runnable what) {
        return new Progress() {
            @Override
            public void happened(Event event) {
                if (event instanceof Event.Found found && found.finding().code().equals("STOP_TIMEOUT")) {
                    what.run();
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }
}
