package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.Result;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks that a stop cuts short, or may have cut short, and of those that nobody has seen begin. */
class ColdStopTest {
    @TempDir
    private Path folder;

    /** Root without CAP_SYS_PTRACE, as in a container, may not read the environment of another user's worker. */
    @Test
    void a_signal_that_the_configuration_has_remapped_is_cold_though_the_worker_s_environment_is_closed() {
        assertThat(tasks(closed(launch("SIGQUIT"), "celery -A shop worker"))).isEqualTo("[t LOST]");
    }

    @Test
    void one_that_is_not_remapped_there_is_warm() {
        assertThat(tasks(closed(launch(""), "celery -A shop worker"))).isEqualTo("[]");
    }

    @Test
    void where_nobody_knows_whether_it_is_remapped_nobody_knows_what_became_of_the_task() {
        assertThat(tasks(closed(launch(""), "env REMAP_SIGTERM=SIGQUIT celery -A shop worker")))
                .isEqualTo("[t UNKNOWN]");
        SupervisorConf.Launch other = new SupervisorConf.Launch("other", "/bin/sh", "", "/bin");
        assertThat(tasks(closed(other, "celery -A shop worker"))).isEqualTo("[t UNKNOWN]");
    }

    /** {@code sudo} has taken all of supervisord's variables away, and what root can read needs no guess. */
    @Test
    void an_environment_without_any_mark_is_not_taken_for_one_that_is_closed() {
        FakeWorld world = closed(launch("SIGQUIT"), "celery -A shop worker");
        world.processes.open.add(MAIN);
        assertThat(tasks(world)).isEqualTo("[]");
    }

    @Test
    void one_that_took_no_longer_than_a_cold_stop_does_has_cut_its_tasks_short() {
        assertThat(tasks(stopped("QUIT", 3_000))).isEqualTo("[t LOST]");
        assertThat(tasks(stopped("QUIT", 9_000))).isEqualTo("[t LOST]");
    }

    /** Celery's {@code worker_soft_shutdown_timeout}. */
    @Test
    void one_that_took_clearly_longer_may_have_waited_for_them() {
        assertThat(tasks(stopped("QUIT", 6_000))).isEqualTo("[t UNKNOWN]");
    }

    @Test
    void of_one_that_was_at_work_it_is_told_for_how_long_nobody_has_watched_it() {
        FakeWorld world = stopped("QUIT", 1_600);
        world.busy(MAIN, "t");
        Result result = world.restart();
        assertThat(result.findings())
                .filteredOn(f -> f.code().equals("TASKS_UNWATCHED"))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.INFO))
                .satisfies(f -> assertThat(f.message()).matches(".* last said what it runs 1\\d{3} ms before .*"));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void of_one_that_was_idle_and_of_one_that_stops_warm_it_is_not_and_of_one_that_is_asked_once_before() {
        assertThat(FakeWorld.codes(stopped("QUIT", 1_600).restart())).doesNotContain("TASKS_UNWATCHED");
        FakeWorld askedOnce = stopped("QUIT", 1_600);
        askedOnce.celery.means = "exec";
        askedOnce.busy(MAIN, "t");
        assertThat(FakeWorld.codes(askedOnce.restart())).containsOnlyOnce("TASKS_UNWATCHED");
        FakeWorld warm = stopped("TERM", 1_600);
        warm.busy(MAIN, "t");
        assertThat(FakeWorld.codes(warm.restart())).doesNotContain("TASKS_UNWATCHED");
    }

    private static SupervisorConf.Launch launch(String remap) {
        return new SupervisorConf.Launch("worker", "/bin/sh", "", "/bin", remap);
    }

    private FakeWorld closed(SupervisorConf.Launch launch, String command) {
        FakeWorld world = new FakeWorld(folder);
        world.supervisor.configured.set(0, FakeSupervisor.celery("worker").withCommand(command));
        world.supervisor.launches.add(launch);
        world.supervisor.manners.put("worker", Manner.WARM);
        world.supervisor.boot();
        for (long pid = MAIN; pid <= MAIN + 2; pid++) {
            ProcessEntry open = world.machine.find(pid).orElseThrow();
            world.machine.put(
                    Machine.inGroup(Machine.entry(pid, open.ppid(), open.argv(), Map.of()), open.pgid(), open.sid()));
        }
        return world;
    }

    /** It answers until then, and is gone so many milliseconds later. */
    private FakeWorld stopped(String signal, long ms) {
        FakeWorld world = new FakeWorld(folder);
        Program p = FakeSupervisor.celery("worker");
        world.supervisor.configured.set(
                0, new Program("worker", "worker", "STOPPED", 0, true, 10, signal, false, false, 999, p.command()));
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.supervisor.onShutdown = () -> {
            world.celery.silent.add(MAIN);
            for (long pid = MAIN + 2; pid >= MAIN; pid--) {
                long going = pid;
                world.machine.after(ms - (pid > MAIN ? 500 : 0), () -> world.machine.end(going));
            }
        };
        world.supervisor.boot();
        return world;
    }

    private static String tasks(FakeWorld world) {
        world.busy(MAIN, "t");
        return world.restart().interruptedTasks().stream()
                .map(t -> t.id() + " " + t.fate())
                .toList()
                .toString();
    }
}
