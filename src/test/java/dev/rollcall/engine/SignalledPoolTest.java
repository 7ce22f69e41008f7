package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrapper passed supervisord's TERM to the pool processes too, and what they ran was cut short without a name. */
class SignalledPoolTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nice -n 10 timeout 12h celery -A shop worker",
                "bash -c 'exec timeout 12h celery -A shop worker'",
                "dumb-init celery -A shop worker",
                "tini -g -- celery -A shop worker",
            })
    void its_tasks_are_named_as_lost_and_told_before(String command) {
        Result result = restart(running(command));
        assertThat(result.interruptedTasks())
                .extracting(InterruptedTask::id, InterruptedTask::fate)
                .containsExactly(tuple("t", InterruptedTask.Fate.LOST));
        assertThat(FakeWorld.codes(result)).contains("TASKS_AT_RISK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery -A shop worker", "dumb-init -c celery -A shop worker"})
    void a_warm_stop_is_believed_to_wait(String command) {
        assertThat(restart(running(command)).interruptedTasks()).isEmpty();
    }

    @Test
    void a_wrapper_that_a_script_has_executed_is_known_by_its_process() {
        FakeWorld world = running("sh /srv/celery worker");
        ProcessEntry main = world.machine.find(MAIN).orElseThrow();
        List<String> words = List.of("timeout", "12h", "celery", "-A", "shop", "worker");
        world.machine.put(Machine.entry(MAIN, main.ppid(), words, main.marks()));
        world.machine.end(MAIN + 1);
        world.machine.end(MAIN + 2);
        world.machine.put(Machine.inGroup(Machine.entry(MAIN + 50, MAIN, main.argv(), main.marks()), MAIN, main.sid()));
        world.supervisor.fork(MAIN + 50, MAIN + 51);
        world.celery.silent.add(MAIN);
        world.celery.more.add(MAIN + 50);
        world.busy(MAIN + 50, "t");
        assertThat(world.restart().interruptedTasks())
                .extracting(InterruptedTask::id, InterruptedTask::fate)
                .containsExactly(tuple("t", InterruptedTask.Fate.LOST));
    }

    private FakeWorld running(String command) {
        FakeWorld world = new FakeWorld(folder);
        world.supervisor.configured.set(0, FakeSupervisor.celery("worker").withCommand(command));
        world.supervisor.manners.put("worker", Manner.WARM);
        world.supervisor.boot();
        return world;
    }

    private static Result restart(FakeWorld world) {
        world.busy(MAIN, "t");
        return world.restart();
    }
}
