package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on a fake machine that is large. */
class ManyNodesTest {
    private static final int NODES = 200;

    /** Each node leaves its pool of four behind: a thousand processes on the roll, eight hundred to be killed. */
    @Test
    void two_hundred_nodes_and_a_thousand_processes_are_no_matter_of_minutes(@TempDir Path folder) {
        FakeWorld world = new FakeWorld(folder);
        world.supervisor.pidsOfALife = 100L * (NODES + 1);
        world.supervisor.configured.clear();
        for (int i = 0; i < NODES; i++) {
            world.supervisor.configured.add(FakeSupervisor.celery("w" + i));
            world.supervisor.manners.put("w" + i, Manner.LEAVES_POOL);
        }
        world.supervisor.boot();
        for (long main : world.supervisor.mains()) {
            world.supervisor.fork(main, main + 3);
            world.supervisor.fork(main, main + 4);
        }
        Instant began = Instant.now();
        Result result = world.restart();
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertThat(result.exitCode()).isZero();
        assertThat(result.roll().pids()).hasSize(5 * NODES);
        assertThat(result.killed()).hasSize(4 * NODES);
    }
}
