package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Commands;
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
        Process worker = new ProcessBuilder(
                        "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--groups=65534,1", "/bin/sleep", "60")
                .directory(new java.io.File("/"))
                .start();
        try {
            await().atMost(LIMIT).until(() -> worker(worker.pid()).status().getOrDefault("Uid", "").startsWith("65534")
                    && !worker(worker.pid()).environment().isEmpty());
            Commands.Output output = new ChildCommands()
                    .run(new Confinement(worker(worker.pid()))
                            .confine(List.of("/bin/cat", "/proc/self/status"), Map.of(), LIMIT));
            assertThat(new String(output.out(), StandardCharsets.UTF_8))
                    .contains("Uid:\t65534\t65534", "Gid:\t65534\t65534", "Groups:\t1 65534", "NoNewPrivs:\t1")
                    .containsPattern("CapEff:\t0+\n")
                    .containsPattern("CapBnd:\t0+\n");
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_worker_of_ours_needs_no_other_rights_and_leaves_supervisor_s_marks_behind() throws Exception {
        long self = ProcessHandle.current().pid();
        Worker seen = worker(self);
        Worker worker = new Worker(seen.process(), seen.arguments(), Map.of("SUPERVISOR_ENABLED", "1", "A", "b"));
        Commands.Command command = new Confinement(worker).confine(List.of("/bin/true"), Map.of("X", "y"), LIMIT);
        assertThat(command.argv()).containsExactly("/bin/true");
        assertThat(command.environment()).containsEntry("A", "b").containsEntry("X", "y").doesNotContainKey("SUPERVISOR_ENABLED");
    }

    @Test
    void one_that_cannot_be_seen_is_not_run_for() {
        assertThatThrownBy(() -> new Confinement(worker(4_000_000)).confine(List.of("/bin/true"), Map.of(), LIMIT))
                .isInstanceOf(NoWayIn.class)
                .hasMessageContaining("process 4000000");
    }

    private static Worker worker(long pid) {
        return Worker.of(new ProcessEntry(pid, 1, 1, 1, 1, 'S', 0, "", List.of("x"), Map.of()));
    }
}
