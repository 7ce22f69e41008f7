package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Program;
import dev.rollcall.core.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Celery worker that was started by hand, or by a web application, below a program that is no Celery was killed with the old workers. */
class DetachedByProgramTest {
    private static final long DETACHED = 4_000_000;
    private static final Program WEB = FakeSupervisor.celery("web").withCommand("gunicorn shop.wsgi");

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.supervisor.configured.add(WEB);
        world.supervisor.boot();
    }

    @Test
    void one_in_a_group_of_its_own_is_spared_and_named_before_and_after() {
        detach(SUPERVISORD);
        Result result = world.restart();
        assertSpared(result);
        assertThat(world.restart().exitCode()).as("it has been told of").isZero();
        assertThat(world.machine.runs(DETACHED)).isTrue();
    }

    @Test
    void one_of_a_terminal_that_was_closed_is_spared_and_named_before_and_after() {
        detach(DETACHED - 1);
        assertSpared(world.restart());
    }

    @Test
    void one_that_a_crash_has_left_with_nobody_else_is_named_after_the_start_too() {
        detach(SUPERVISORD);
        world.crash();
        world.machine.end(FakeWorld.MAIN);
        world.machine.end(FakeWorld.POOL);
        world.machine.end(FakeWorld.POOL + 1);
        assertSpared(world.restart());
    }

    private void assertSpared(Result result) {
        assertThat(world.machine.runs(DETACHED)).isTrue();
        assertThat(world.deeds).doesNotContain("KILL " + DETACHED);
        assertThat(result.findings())
                .filteredOn(finding -> finding.code().equals("CLONE_SPARED"))
                .allMatch(finding -> finding.message().startsWith("process " + DETACHED + " "))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.WARNING, Finding.Severity.ERROR);
        assertThat(result.exitCode()).isEqualTo(5);
    }

    private void detach(long session) {
        List<String> words = List.of("celery", "-A", "other", "worker");
        world.machine.put(
                Machine.inGroup(Machine.entry(DETACHED, 1, words, FakeSupervisor.marks(WEB)), DETACHED, session));
    }
}
