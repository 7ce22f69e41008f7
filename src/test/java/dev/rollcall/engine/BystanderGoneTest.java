package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Result;
import dev.rollcall.core.Spared;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/safety.md says that Rollcall cannot keep from happening, it says afterwards (S3). */
class BystanderGoneTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
    }

    @Test
    void a_bystander_that_somebody_else_has_ended_meanwhile_needs_a_look() {
        long daemon = POOL + 20;
        world.machine.put(Machine.entry(daemon, 1, List.of("sleep", "600"), marks()));
        world.supervisor.onShutdown = () -> world.machine.after(100, () -> world.machine.end(daemon));
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("BYSTANDER_GONE");
        assertThat(result.spared()).contains(new Spared(daemon, Spared.Reason.GONE));
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == daemon);
    }

    /** What a task waits for goes as the task does. */
    @Test
    void one_that_no_task_had_detached_is_told_and_no_failure() {
        long shell = POOL + 20;
        long converter = POOL + 21;
        world.machine.put(Machine.entry(shell, POOL, List.of("sh", "-c", "convert"), Map.of()));
        world.machine.put(Machine.entry(converter, shell, List.of("convert"), Map.of()));
        world.supervisor.onShutdown = () -> world.machine.after(100, () -> world.machine.end(converter));
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("BYSTANDER_GONE");
        assertThat(result.spared()).contains(new Spared(converter, Spared.Reason.GONE));
        assertThat(result.exitCode()).isZero();
    }

    private Map<String, String> marks() {
        return FakeSupervisor.marks(world.supervisor.configured.get(0));
    }

    @Test
    void several_are_told_in_the_order_of_the_roll() {
        List<Long> daemons = LongStream.range(POOL + 20, POOL + 30).boxed().toList();
        daemons.forEach(pid -> world.machine.put(Machine.entry(pid, POOL, List.of("sleep", "600"), Map.of())));
        world.supervisor.onShutdown = () -> world.machine.after(100, () -> daemons.forEach(world.machine::end));
        world.restart();
        assertThat(world.journal.latest())
                .extracting(entry -> entry.event())
                .filteredOn(event ->
                        event instanceof Event.WasSpared gone && gone.spared().reason() == Spared.Reason.GONE)
                .extracting(event -> ((Event.WasSpared) event).spared().pid())
                .isEqualTo(daemons);
    }

    /** To the kernel it is the same process: pid and start time stay. */
    @Test
    void one_of_the_roll_that_has_executed_another_program_since_is_ended() {
        world.supervisor.onShutdown = () ->
                world.machine.put(Machine.entry(POOL, POOL - 1, List.of("python3", "something-else.py"), Map.of()));
        Result result = world.restart();
        assertThat(result.killed()).extracting(Killed::pid).contains(POOL);
    }
}
