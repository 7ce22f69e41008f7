package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Commands;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfinementTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    @Tag("integration")
    void what_root_runs_for_a_worker_has_the_worker_s_user_group_and_no_more_rights() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Process child = start(Map.of("LD_PRELOAD", "/nonexistent/evil.so", "GREETING", "hello"));
        try {
            Worker worker = Worker.of(CeleryWorker.entry(child.pid()));
            List<String> argv = List.of("/bin/sh", "-c", "echo $GREETING $LD_PRELOAD; cat /proc/self/status");
            Commands.Command command = new Confinement(worker).confine(argv, Map.of(), LIMIT);
            assertThat(command.environment()).isEmpty();
            assertThat(new String(new ChildCommands().run(command).out(), StandardCharsets.UTF_8))
                    .startsWith("hello /nonexistent/evil.so")
                    .contains("Uid:\t65534\t65534", "Gid:\t65534\t65534", "Groups:\t1 65534", "NoNewPrivs:\t1")
                    .containsPattern("CapEff:\t0+\n")
                    .containsPattern("CapBnd:\t0+\n");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** A Python of user nobody that has done what it can to be run as root. */
    private static Process start(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "/usr/bin/setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--groups=65534,1",
                "/usr/bin/python3",
                "-c",
                "import time; time.sleep(60)");
        builder.environment().putAll(environment);
        Process child =
                builder.directory(new File("/")).redirectErrorStream(true).start();
        // its words and its environment come a moment later than the program
        await().atMost(LIMIT)
                .until(
                        () -> Worker.of(CeleryWorker.entry(child.pid())),
                        seen -> seen.process().exe().contains("python")
                                && seen.process().argv().contains("-c")
                                && !seen.environment().isEmpty());
        return child;
    }

    @Test
    void a_worker_of_ours_needs_no_other_rights_and_leaves_supervisor_s_marks_behind() throws Exception {
        long self = ProcessHandle.current().pid();
        Worker seen = Worker.of(CeleryWorker.entry(self));
        Worker worker = new Worker(seen.process(), seen.arguments(), Map.of("SUPERVISOR_ENABLED", "1", "A", "b"));
        Commands.Command command = new Confinement(worker).confine(List.of("/bin/true"), Map.of("X", "y"), LIMIT);
        assertThat(command.argv()).containsExactly("/bin/true");
        assertThat(command.environment())
                .containsEntry("A", "b")
                .containsEntry("X", "y")
                .doesNotContainKey("SUPERVISOR_ENABLED");
    }

    @Test
    void one_that_cannot_be_seen_is_not_run_for() {
        assertThatThrownBy(() -> new Confinement(worker(999_999_999)).confine(List.of("/bin/true"), Map.of(), LIMIT))
                .isInstanceOf(NoWayIn.class)
                .hasMessageContaining("process 999999999");
    }

    private static Worker worker(long pid) {
        return Worker.of(new ProcessEntry(pid, 1, 1, 1, 1, 'S', 0, "", List.of("x"), Map.of()));
    }
}
