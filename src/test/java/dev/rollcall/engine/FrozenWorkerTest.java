package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import dev.rollcall.port.Processes.Signal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run was killed after it had frozen a worker and before it ended it: the worker is there, and cannot say what it runs. */
class FrozenWorkerTest {
    private FakeWorld world;

    @BeforeEach
    void freeze(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.busy(MAIN, "t-1");
        world.crash();
        world.processes.before = (pid, signal) -> {
            if (signal == Signal.STOP) {
                world.celery.silent.add(pid);
            } else {
                world.machine.halt();
            }
        };
        assertThatThrownBy(world::restart).isInstanceOf(Machine.Halt.class);
        world.machine.goOn();
        world.processes.before = (pid, signal) -> {};
    }

    @Test
    void the_next_restart_names_the_task_that_it_was_seen_to_run() {
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.machine.runs(MAIN)).isFalse();
        assertThat(result.interruptedTasks()).extracting(t -> t.id()).containsExactly("t-1");
    }

    @Test
    void what_it_says_itself_at_last_counts_more() {
        world.machine.after(Options.DEFAULTS.inspectTimeout().toMillis() / 2, () -> {
            world.celery.silent.remove(MAIN);
            world.busy(MAIN, "t-2");
        });
        assertThat(world.restart().interruptedTasks()).extracting(t -> t.id()).containsExactly("t-2");
    }

    @Test
    void so_does_resume() {
        Result result = world.resume().orElseThrow();
        assertThat(world.machine.runs(MAIN)).isFalse();
        assertThat(result.interruptedTasks()).extracting(t -> t.id()).containsExactly("t-1");
    }
}
