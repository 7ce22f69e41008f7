package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Result;
import dev.rollcall.core.Spared;
import dev.rollcall.port.Processes.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incident: the {@code runuser} of an orphan was stopped for ever after a restart, and every later one ended with exit code 5. */
class WrappersTest {
    private static final long WRAPPER = MAIN + 500;
    private static final long OUTER = WRAPPER + 1;

    private FakeWorld world;

    @BeforeEach
    void wrap(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.crash();
        put(OUTER, 1, 'S');
        put(WRAPPER, OUTER, 'S');
        ProcessEntry main = world.machine.find(MAIN).orElseThrow();
        world.machine.put(new ProcessEntry(
                MAIN,
                main.startTicks(),
                WRAPPER,
                main.pgid(),
                main.sid(),
                main.state(),
                main.uid(),
                main.exe(),
                main.argv(),
                main.marks()));
        world.processes.before = frozen(() -> {
            put(WRAPPER, OUTER, 'T');
            put(OUTER, 1, 'T');
        });
    }

    @Test
    void one_that_has_stopped_itself_is_let_go_on_once_the_worker_is_dead() {
        assertThat(world.restart().killed()).isNotEmpty();
        assertThat(world.deeds).containsSubsequence("STOP " + MAIN, "KILL " + MAIN, "CONT " + WRAPPER, "start");
        assertThat(world.deeds).contains("CONT " + OUTER).doesNotContain("KILL " + WRAPPER, "KILL " + OUTER);
    }

    @Test
    void it_is_on_disk_before_it_gets_its_signal_and_is_spared() {
        Result result = world.restart();
        assertThat(result.spared()).contains(new Spared(WRAPPER, Spared.Reason.BYSTANDER));
    }

    @Test
    void one_that_cannot_be_written_down_gets_none() {
        world.journal.breaksAt = event -> event instanceof Event.WasSpared;
        world.restart();
        assertThat(world.deeds).doesNotContain("CONT " + WRAPPER, "CONT " + OUTER);
    }

    @Test
    void one_that_was_stopped_before_is_left_so() {
        put(WRAPPER, OUTER, 'T');
        world.restart();
        assertThat(world.deeds).contains("KILL " + MAIN).doesNotContain("CONT " + WRAPPER, "CONT " + OUTER);
    }

    @Test
    void one_that_runs_on_gets_no_signal() {
        world.processes.before = (pid, signal) -> {};
        world.restart();
        assertThat(world.deeds).contains("KILL " + MAIN).doesNotContain("CONT " + WRAPPER);
    }

    @Test
    void another_one_that_has_its_pid_gets_no_signal() {
        world.processes.before = frozen(() -> world.machine.put(
                new ProcessEntry(WRAPPER, 77, 1, WRAPPER, 9, 'T', 0, "/bin/other", List.of("other"), Map.of())));
        world.restart();
        assertThat(world.deeds).contains("KILL " + MAIN).doesNotContain("CONT " + WRAPPER);
    }

    /** Incident: Rollcall was killed between the freeze and the kill, and the wrapper stayed stopped for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_a_run_has_left_stopped_that_was_cut_off_is_let_go_on(boolean resume) {
        cutOffAfterFreeze();
        Result result = resume ? world.resume().orElseThrow() : world.restart();
        assertThat(world.deeds).containsSubsequence("KILL " + MAIN, "CONT " + WRAPPER);
        assertThat(world.deeds).contains("CONT " + OUTER);
        assertThat(result.spared()).contains(new Spared(WRAPPER, Spared.Reason.BYSTANDER));
    }

    @Test
    void what_is_no_wrapper_is_left_as_a_run_that_was_cut_off_has_left_it() {
        cutOffAfterFreeze();
        world.machine.put(new ProcessEntry(
                WRAPPER, WRAPPER * 10, OUTER, WRAPPER, 9, 'T', 0, "/bin/bash", List.of("bash"), Map.of()));
        world.resume().orElseThrow();
        assertThat(world.deeds).contains("KILL " + MAIN).doesNotContain("CONT " + WRAPPER, "CONT " + OUTER);
    }

    private void cutOffAfterFreeze() {
        BiConsumer<Long, Signal> freezing = world.processes.before;
        world.processes.before = (pid, signal) -> {
            freezing.accept(pid, signal);
            if (signal == Signal.KILL) {
                world.machine.halt();
            }
        };
        assertThatThrownBy(world::restart).isInstanceOf(Machine.Halt.class);
        world.machine.goOn();
        world.processes.before = (pid, signal) -> {};
    }

    private static BiConsumer<Long, Signal> frozen(Runnable then) {
        return (pid, signal) -> {
            if (signal == Signal.STOP) {
                then.run();
            }
        };
    }

    private void put(long pid, long parent, char state) {
        world.machine.put(new ProcessEntry(
                pid, pid * 10, parent, pid, 9, state, 0, "/usr/sbin/runuser", List.of("runuser"), Map.of()));
    }
}
