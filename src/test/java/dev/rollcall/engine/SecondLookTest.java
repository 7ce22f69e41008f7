package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the roll and the stop a hook may take a minute, and a host does not stand still meanwhile. */
class SecondLookTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.supervisor.configured.set(0, FakeSupervisor.grouped("worker"));
        world.supervisor.boot();
    }

    /** Incident: a deploy restarted the worker then; the new one was cut short, and its task was on nobody's list. */
    @Test
    void a_worker_that_was_restarted_since_is_on_the_roll_and_its_tasks_are_named() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "of-then");
        meanwhile(() -> world.busy(world.supervisor.replace(world.supervisor.configured.get(0)), "of-now"));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(result.interruptedTasks()).extracting(InterruptedTask::id).containsExactly("of-now");
        assertThat(world.machine.runs(MAIN + 10)).isFalse();
        assertThat(rolls()).isEqualTo(2);
    }

    @Test
    void pool_processes_of_a_main_process_that_was_on_the_roll_are_still_to_be_ended() {
        meanwhile(() -> world.supervisor.replaceAlone(world.supervisor.configured.get(0)));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(List.of(POOL, POOL + 1)).noneMatch(world.machine::runs);
    }

    @Test
    void what_a_task_has_detached_since_is_a_reason_to_refuse_if_the_stop_would_reach_it() {
        meanwhile(() -> world.machine.put(
                Machine.inGroup(Machine.entry(POOL + 40, POOL, List.of("sleep", "600"), Map.of()), MAIN, SUPERVISORD)));
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.error().code()).isEqualTo("BYSTANDER_LOSS");
        assertThat(result.changed()).isFalse();
        assertThat(world.deeds).doesNotContain("shutdown");
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.OVER);
    }

    @Test
    void a_pool_that_has_grown_is_no_reason_to_take_the_roll_once_more() {
        meanwhile(() -> world.supervisor.fork(MAIN, POOL + 5));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(rolls()).isEqualTo(1);
    }

    @Test
    void who_interrupts_then_is_obeyed() {
        meanwhile(() -> {
            world.supervisor.replace(world.supervisor.configured.get(0));
            world.interrupt.raise(2);
        });
        assertThat(world.restart().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(world.deeds).doesNotContain("shutdown");
    }

    private long rolls() {
        return world.journal.latest().stream()
                .filter(e -> e.event() instanceof Event.RollTaken)
                .count();
    }

    /** Behind the roll and before the stop. */
    private void meanwhile(Runnable deed) {
        world.progress = new Progress() {
            @Override
            public void happened(Event event) {
                if (event.type().equals("drain_done")) {
                    deed.run();
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }
}
