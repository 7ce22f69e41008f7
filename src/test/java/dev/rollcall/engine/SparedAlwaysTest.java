package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Result;
import dev.rollcall.port.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: what the first run had spared was on no roll of the second, for its program was no more, and was killed by the third. */
class SparedAlwaysTest {
    private static final long CLONE = POOL + 30;

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", FakeSupervisor.Manner.LEAVES_POOL);
        world.machine.put(Machine.inGroup(
                Machine.entry(
                        CLONE, POOL, FakeSupervisor.WORKER, FakeSupervisor.marks(world.supervisor.configured.get(0))),
                CLONE,
                SUPERVISORD));
    }

    @Test
    void a_run_that_does_not_know_its_program_hands_it_on_to_the_next() {
        world.restart();
        Result without = afterACrash("renamed");
        assertThat(without.roll().bystanders()).extracting(Bystander::pid).contains(CLONE);
        afterACrash("worker");
        assertThat(world.machine.runs(CLONE)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == CLONE);
    }

    private Result afterACrash(String program) {
        world.machine.pause(Duration.ofSeconds(5));
        world.supervisor.reach = Supervisor.Reach.ABSENT;
        world.machine.end(world.supervisor.pid);
        world.supervisor.configured.set(0, FakeSupervisor.celery(program));
        return world.restart();
    }
}
