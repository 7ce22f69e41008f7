package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.Result;
import dev.rollcall.core.Spared;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What turns up while another group stops was spared, and then nobody looked at it again. */
class DetachedMeanwhileTest {
    private static final long OTHER = MAIN + 100;
    private static final long LATE = POOL + 40;

    private FakeWorld world;

    @BeforeEach
    void create(@TempDir Path folder) {
        world = new FakeWorld(folder);
    }

    @Test
    void one_that_the_stop_of_its_own_group_has_killed_is_told() {
        boot(true);
        happens(() -> world.machine.put(daemon(1)), () -> world.machine.end(LATE));
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("BYSTANDER_GONE");
        assertThat(result.spared()).contains(new Spared(LATE, Spared.Reason.GONE));
        assertThat(result.exitCode()).isEqualTo(5);
    }

    @Test
    void one_that_a_task_waits_for_ends_with_it() {
        boot(true);
        happens(() -> world.machine.put(daemon(POOL)), () -> world.machine.end(LATE));
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void one_that_no_signal_reaches_has_ended_by_itself() {
        boot(false);
        happens(() -> world.machine.put(daemon(1)), () -> world.machine.end(LATE));
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void a_pool_process_that_was_forked_just_before_its_main_process_was_killed_is_spared_and_told() {
        boot(false);
        happens(
                () -> {
                    world.supervisor.fork(MAIN, LATE);
                    world.machine.end(MAIN);
                },
                () -> {});
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("CLONE_SPARED");
        assertThat(world.machine.runs(LATE)).isTrue();
        assertThat(result.exitCode()).isEqualTo(5);
    }

    @Test
    void one_that_sees_that_it_is_alone_and_ends_is_not() {
        boot(false);
        happens(
                () -> {
                    world.supervisor.fork(MAIN, LATE);
                    world.machine.end(MAIN);
                },
                () -> world.machine.end(LATE));
        assertThat(FakeWorld.codes(world.restart())).doesNotContain("CLONE_SPARED");
    }

    private void boot(boolean stopAsGroup) {
        world.supervisor.configured.set(
                0, stopAsGroup ? FakeSupervisor.grouped("worker") : FakeSupervisor.celery("worker"));
        world.supervisor.configured.add(FakeSupervisor.celery("other"));
        world.supervisor.boot();
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.manners.put("other", Manner.NEVER);
    }

    /** @param then when the other group has stopped at last */
    private void happens(Runnable first, Runnable then) {
        world.supervisor.onShutdown = () -> {
            world.machine.after(400, first);
            world.machine.after(3000, () -> {
                then.run();
                for (long pid : List.of(POOL, POOL + 1, MAIN, OTHER + 1, OTHER + 2, OTHER)) {
                    world.machine.end(pid);
                }
            });
        };
    }

    private ProcessEntry daemon(long parent) {
        Program worker = world.supervisor.configured.get(0);
        return Machine.inGroup(
                Machine.entry(LATE, parent, List.of("sleep", "600"), FakeSupervisor.marks(worker)), MAIN, SUPERVISORD);
    }
}
