package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Program;
import dev.rollcall.core.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code celery multi start} found the pidfile of a worker that had outlived its supervisord, and the old code went on under "succeeded". */
class NotReplacedTest {
    private static final long DETACHED = 4_000_000;
    private static final List<String> WORDS = List.of("python3", "-m", "celery", "-A", "shop", "worker", "-n", "w1@h");
    private static final Program MULTI =
            FakeSupervisor.celery("multi").withCommand("celery multi start w1 -A shop --pidfile=w1.pid");

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.supervisor.configured.add(MULTI);
        world.supervisor.boot();
        world.supervisor.fail("multi", "EXITED");
        world.supervisor.statesAfter.put("multi", "EXITED");
    }

    @Test
    void one_that_goes_on_is_told_before_and_after_and_spared_every_time() {
        detach(DETACHED);
        assertGoesOn(world.restart());
        assertGoesOn(world.restart());
    }

    @Test
    void a_plan_tells_it() {
        detach(DETACHED);
        assertThat(told(world.run(Options.DEFAULTS, true))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.message()).contains("multi starts Celery detached", "process " + DETACHED);
        });
    }

    @Test
    void where_none_lives_the_program_alone_is_told_before() {
        Result result = world.restart();
        assertThat(told(result)).extracting(Finding::severity).containsExactly(Finding.Severity.WARNING);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void one_that_came_with_the_start_is_not_an_old_one() {
        world.starter.onStart = () -> {
            world.supervisor.boot();
            detach(DETACHED + 10);
        };
        Result result = world.restart();
        assertThat(told(result)).extracting(Finding::severity).containsExactly(Finding.Severity.WARNING);
        assertThat(result.exitCode()).isZero();
    }

    private void assertGoesOn(Result result) {
        assertThat(told(result))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.WARNING, Finding.Severity.ERROR);
        assertThat(told(result).get(1).message()).contains("process " + DETACHED + " of before was spared");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(world.machine.runs(DETACHED)).isTrue();
    }

    private static List<Finding> told(Result result) {
        return result.findings().stream()
                .filter(finding -> finding.code().equals("WORKER_DETACHED"))
                .toList();
    }

    private void detach(long pid) {
        world.machine.put(Machine.inGroup(Machine.entry(pid, 1, WORDS, FakeSupervisor.marks(MULTI)), pid - 2, pid - 2));
    }
}
