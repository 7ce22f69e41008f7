package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The disk is full from one event on. */
class BrokenJournalTest {
    /** In the order of a run with leftovers; see the first test. */
    private static final List<String> EVENTS = List.of(
            "requested",
            "preflight_begun",
            "preflight_done",
            "inspect_begun",
            "inspect_done",
            "persist_begun",
            "roll_taken",
            "persist_done",
            "drain_begun",
            "drain_done",
            "shutdown_begun",
            "roll_extended",
            "shutdown_done",
            "kill_begun",
            "killed",
            "killed",
            "killed",
            "kill_done",
            "start_begun",
            "start_done",
            "verify_begun",
            "verify_done",
            "ended");

    private static final int LAST_BEFORE = EVENTS.indexOf("shutdown_begun");

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.supervisor.onShutdown = () -> world.machine.after(100, () -> world.supervisor.fork(MAIN, POOL + 10));
    }

    static Stream<Integer> before() {
        return IntStream.rangeClosed(0, LAST_BEFORE).boxed();
    }

    static Stream<Integer> after() {
        return IntStream.range(LAST_BEFORE + 1, EVENTS.size()).boxed();
    }

    @Test
    void a_whole_journal_has_these_events() {
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.journal.latest()).extracting(e -> e.event().type()).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @MethodSource("before")
    void before_the_shutdown_nothing_is_stopped(int index) {
        breakAt(index);
        assertThatThrownBy(() -> world.restart()).isInstanceOf(JournalException.class);
        assertThat(world.deeds).doesNotContain("shutdown", "start");
        assertThat(world.processes.signalled).isEmpty();
        assertThat(world.machine.runs(MAIN)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("after")
    void after_it_the_service_comes_up_and_the_exit_code_says_that_somebody_must_look(int index) {
        breakAt(index);
        Result result = world.restart();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(FakeWorld.codes(result)).contains("JOURNAL_BROKEN");
        assertThat(result.exitCode()).isEqualTo(EVENTS.get(index).equals("ended") ? 0 : 5);
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
        assertThat(world.journal.latest()).hasSize(index);
    }

    @Test
    void a_process_that_could_not_be_written_down_is_not_killed() {
        breakAt(EVENTS.indexOf("roll_extended"));
        Result result = world.restart();
        assertThat(world.machine.runs(POOL + 10)).isTrue();
        assertThat(world.machine.runs(POOL)).isFalse();
        assertThat(result.exitCode()).isEqualTo(5);
    }

    private void breakAt(int index) {
        AtomicInteger count = new AtomicInteger();
        world.journal.breaksAt = (Event event) -> count.getAndIncrement() >= index;
    }
}
