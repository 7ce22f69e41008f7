package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.InterruptedTask;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that says nothing any more still runs what it said last (S6). */
class SilenceTest {
    private FakeWorld world;

    @BeforeEach
    void hang(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.NEVER);
    }

    @Test
    void tasks_of_a_node_that_falls_silent_while_it_stops_are_named() {
        world.busy(MAIN, "t-1");
        world.supervisor.onShutdown = () -> world.celery.silent.add(MAIN);
        assertNamed("t-1");
    }

    /** A message is taken in the moment between the roll and the stop. */
    @Test
    void a_task_that_began_after_the_roll_was_taken_is_named_though_its_node_never_answers_again() {
        world.journal.after = event -> {
            if (event.type().equals("shutdown_begun")) {
                world.busy(MAIN, "t-3");
            }
        };
        world.supervisor.onShutdown = () -> world.celery.silent.add(MAIN);
        assertNamed("t-3");
    }

    @Test
    void one_that_was_silent_when_the_roll_was_taken_is_asked_again_while_it_stops() {
        world.busy(MAIN, "t-1");
        world.celery.silent.add(MAIN);
        world.supervisor.onShutdown = () -> {
            world.celery.silent.remove(MAIN);
            world.machine.after(500, () -> world.celery.silent.add(MAIN));
        };
        assertNamed("t-1");
    }

    @Test
    void one_that_is_about_to_be_killed_is_asked_for_its_last_words_however_long_it_was_silent() {
        world.supervisor.onShutdown = () -> {
            world.celery.silent.add(MAIN);
            world.machine.after(2_000, () -> {
                world.celery.silent.remove(MAIN);
                world.busy(MAIN, "t-2");
            });
        };
        assertNamed("t-2");
    }

    private void assertNamed(String task) {
        assertThat(world.restart().interruptedTasks())
                .extracting(InterruptedTask::id)
                .containsExactly(task);
    }
}
