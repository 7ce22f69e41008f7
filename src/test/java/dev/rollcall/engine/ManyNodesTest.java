package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on a fake machine that is large. */
class ManyNodesTest {
    private static final int NODES = 200;

    /** Each node leaves its pool of four behind: a thousand processes on the roll, eight hundred to be killed. */
    @Test
    void two_hundred_nodes_and_a_thousand_processes_are_no_matter_of_minutes(@TempDir Path folder) {
        FakeWorld world = world(folder, NODES, Manner.LEAVES_POOL);
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

    @Test
    void the_host_is_looked_over_once_for_all_that_hang(@TempDir Path folder) {
        FakeWorld world = world(folder, 20, Manner.NEVER);
        List<Integer> looks = new ArrayList<>();
        world.processes.before = (pid, signal) -> looks.add(world.processes.snapshots);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.killed()).hasSize(3 * 20);
        assertThat(looks.get(looks.size() - 1) - looks.get(0)).isLessThan(5);
    }

    private static FakeWorld world(Path folder, int nodes, Manner manner) {
        FakeWorld world = new FakeWorld(folder);
        world.supervisor.pidsOfALife = 100L * (nodes + 1);
        world.supervisor.configured.clear();
        for (int i = 0; i < nodes; i++) {
            world.supervisor.configured.add(FakeSupervisor.celery("w" + i));
            world.supervisor.manners.put("w" + i, manner);
        }
        world.supervisor.boot();
        return world;
    }
}
