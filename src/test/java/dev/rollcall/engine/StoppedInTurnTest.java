package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Program;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** supervisord stops one group after the other: how long a node's own stop took tells whether it has cut tasks short (S6). */
class StoppedInTurnTest {
    private static final long OTHER = MAIN + 100;

    private FakeWorld world;

    @BeforeEach
    void createWorld(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.celery.means = "exec";
    }

    @Test
    void a_task_that_was_done_while_the_group_before_was_stopped_is_not_named() {
        boot("z", 999);
        ends(OTHER, 10_000);
        ends(MAIN, 11_300);
        assertNamed("other");
    }

    @Test
    void nor_is_one_of_a_node_that_was_given_up_because_it_did_not_answer_any_more() {
        world.celery.means = "redis";
        boot("z", 999);
        ends(OTHER, 10_000);
        ends(MAIN, 11_300);
        Runnable before = world.supervisor.onShutdown;
        world.supervisor.onShutdown = () -> {
            before.run();
            world.celery.silent.add(MAIN);
            world.celery.silent.add(OTHER);
        };
        assertNamed("other");
    }

    @Test
    void one_that_the_node_s_own_stop_has_cut_short_is_named() {
        boot("z", 999);
        ends(OTHER, 10_000);
        ends(MAIN, 20_000);
        assertNamed("other", "task");
    }

    @Test
    void the_end_of_a_group_that_is_stopped_later_says_nothing() {
        boot("a", 999);
        ends(OTHER, 5_000);
        ends(MAIN, 10_000);
        assertNamed("task");
    }

    @Test
    void the_higher_priority_is_stopped_first_whatever_the_name() {
        boot("a", 1000);
        ends(OTHER, 10_000);
        ends(MAIN, 11_300);
        assertNamed("other");
    }

    /** The files may be younger than the order that supervisord has. */
    @Test
    void a_group_that_outlives_the_node_was_not_before_it() {
        boot("z", 999);
        ends(MAIN, 10_000);
        ends(OTHER, 10_010);
        assertNamed("other", "task");
    }

    /** Its patience ends for all groups at once. */
    @Test
    void a_task_that_systemd_has_cut_short_is_named_however_short_the_node_s_own_stop_was() {
        boot("z", 999);
        world.starter.unit = "s.service";
        world.starter.manners = Optional.of(
                new Unit("s.service", true, KillMode.MIXED, true, Optional.of(Duration.ofSeconds(15)), false));
        ends(OTHER, 10_000);
        ends(MAIN, 15_000);
        assertNamed("other", "task");
    }

    private void boot(String other, int priority) {
        Program program = FakeSupervisor.celery(other);
        world.supervisor.configured.add(
                new Program(other, other, "STOPPED", 0, true, 10, "TERM", false, false, priority, program.command()));
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.manners.put(other, Manner.NEVER);
        world.supervisor.boot();
        world.busy(MAIN, "task");
        world.busy(OTHER, "other");
    }

    /** Its pool a little earlier, as in a warm stop. */
    private void ends(long main, long ms) {
        Runnable before = world.supervisor.onShutdown;
        world.supervisor.onShutdown = () -> {
            before.run();
            world.machine.after(ms - 500, () -> world.machine.end(main + 1));
            world.machine.after(ms - 500, () -> world.machine.end(main + 2));
            world.machine.after(ms, () -> world.machine.end(main));
        };
    }

    private void assertNamed(String... tasks) {
        assertThat(world.restart().interruptedTasks())
                .extracting(InterruptedTask::id)
                .containsExactlyInAnyOrder(tasks);
    }
}
