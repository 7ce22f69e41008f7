package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two containers of a pod share their pids and not their files. */
@Tag("integration")
class MountsTest {
    private final Spawner spawner = new Spawner();
    private final ProcfsProcesses processes = new ProcfsProcesses();
    private final long us = ProcessHandle.current().pid();

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void a_process_in_a_mount_namespace_of_its_own_has_other_mounts_than_we() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assertThat(processes.sharesMounts(sleeper("sleep", "600"), us)).isTrue();
        assertThat(processes.sharesMounts(sleeper("unshare", "--mount", "sleep", "600"), us))
                .isFalse();
    }

    @Test
    void of_one_that_cannot_be_looked_at_nothing_is_shared(@TempDir Path proc) {
        assertThat(new Mounts(proc).areShared(1, 1)).isFalse();
    }

    private long sleeper(String... words) throws IOException {
        long pid = spawner.run(words).pid();
        await().until(() -> processes
                .find(pid)
                .filter(e -> e.argv().equals(List.of("sleep", "600")))
                .isPresent());
        return pid;
    }
}
