package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.FakeSupervisor.Manner;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warm stop waits for tasks, unless the main process dies of something else: {@code su} kills its child after two seconds. */
class EarlyEndTest {
    private FakeWorld world;

    @BeforeEach
    void busy(@TempDir Path folder) throws IOException {
        world = FakeWorld.running(folder);
        world.busy(MAIN, "t-1");
        world.supervisor.manners.put("worker", Manner.NEVER);
    }

    @Test
    void a_task_whose_pool_process_was_left_and_is_killed_is_cut_short() {
        ends(2_000, MAIN);
        assertNamed("t-1 LOST");
    }

    /** The kernel ends Celery's pool processes with their main process. */
    @Test
    void what_became_of_one_whose_pool_process_was_gone_with_its_main_process_is_unknown() {
        ends(2_000, POOL);
        ends(2_000, POOL + 1);
        ends(2_000, MAIN);
        assertNamed("t-1 UNKNOWN");
    }

    @Test
    void one_whose_pool_process_had_ended_before_was_done() {
        ends(1_500, POOL);
        ends(1_900, POOL + 1);
        ends(2_000, MAIN);
        assertNamed();
    }

    private void ends(long ms, long pid) {
        Runnable before = world.supervisor.onShutdown;
        world.supervisor.onShutdown = () -> {
            before.run();
            world.machine.after(ms, () -> world.machine.end(pid));
        };
    }

    private void assertNamed(String... tasks) {
        assertThat(world.restart().interruptedTasks())
                .extracting(t -> t.id() + " " + t.fate())
                .containsExactly(tasks);
    }
}
