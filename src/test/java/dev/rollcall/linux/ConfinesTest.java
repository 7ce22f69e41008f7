package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.port.Starter.Birth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real processes: one plays Rollcall in a sandbox, the other a supervisord outside. */
class ConfinesTest {
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Path run(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        started.add(process);
        return Path.of("/proc", Long.toString(process.pid()));
    }

    /** Once the sandbox is set up, what sets it up becomes a sleep. */
    private Path asleep(String... sandbox) throws IOException {
        List<String> argv = new ArrayList<>(List.of(sandbox));
        argv.addAll(List.of("/bin/sleep", "60"));
        Path folder = run(argv.toArray(String[]::new));
        Process process = started.get(started.size() - 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive() || isSleep(folder));
        assumeTrue(process.isAlive(), "this host does not let us run " + String.join(" ", sandbox));
        return folder;
    }

    private static boolean isSleep(Path folder) throws IOException {
        return Files.readString(folder.resolve("comm")).strip().equals("sleep");
    }

    private static void installed(String program) {
        assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    }

    @Test
    void what_is_born_where_the_other_was_is_the_same() throws IOException {
        Birth birth = ProcfsStarter.birth(asleep(), asleep());
        assertThat(birth.confined()).isEmpty();
        assertThat(birth.oomScore()).isZero();
    }

    @Test
    void output_down_a_pipe_cannot_be_opened_once_more() throws IOException {
        Path sleeping = asleep();
        assertThat(ProcfsStarter.birth(sleeping, sleeping).lost())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("standard output (pipe:[");
    }

    @Test
    void no_new_privileges_are_inherited() throws IOException {
        installed("/usr/bin/setpriv");
        Path sandboxed = asleep("/usr/bin/setpriv", "--no-new-privs");
        Path free = asleep();
        assertThat(ProcfsStarter.birth(sandboxed, free).confined())
                .containsExactly("no new privileges (NoNewPrivileges=)");
        assertThat(ProcfsStarter.birth(free, sandboxed).confined())
                .as("less confined is no harm")
                .isEmpty();
    }

    @Test
    void a_capability_that_is_lost_is_named() throws IOException {
        installed("/usr/bin/setpriv");
        Path sandboxed = asleep("/usr/bin/setpriv", "--bounding-set", "-sys_chroot,-mknod");
        assertThat(ProcfsStarter.birth(sandboxed, asleep()).confined())
                .singleElement()
                .asString()
                .startsWith("fewer capabilities, without CAP_SYS_CHROOT, CAP_MKNOD");
    }

    @Test
    void another_view_of_the_file_system_is_inherited() throws IOException {
        installed("/usr/bin/unshare");
        Path sandboxed = asleep("/usr/bin/unshare", "--mount");
        assertThat(ProcfsStarter.birth(sandboxed, asleep()).confined())
                .singleElement()
                .asString()
                .startsWith("another view of the file system");
    }

    @Test
    void a_filter_of_system_calls_is_inherited() throws IOException {
        installed("/usr/bin/python3");
        String strict = "import ctypes, os; ctypes.CDLL(None).prctl(22, 1, 0, 0, 0); os.read(0, 1)";
        Path sandboxed = run("/usr/bin/python3", "-I", "-S", "-c", strict);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(sandboxed.resolve("status")).contains("Seccomp:\t1"));
        assertThat(ProcfsStarter.birth(sandboxed, asleep()).confined())
                .containsExactly("a filter of system calls (SystemCallFilter= and the like)");
    }

    @Test
    void how_soon_it_would_be_killed_is_compared() throws IOException {
        Path sooner = asleep("/bin/sh", "-c", "echo 500 > /proc/self/oom_score_adj; exec \"$@\"", "sh");
        Birth birth = ProcfsStarter.birth(sooner, asleep());
        assertThat(birth.confined()).isEmpty();
        assertThat(birth.oomScore()).isPositive();
    }

    @Test
    void one_that_is_gone_hinders_nothing() throws IOException {
        assertThat(ProcfsStarter.birth(asleep(), Path.of("/proc/999999999"))).isEqualTo(Birth.THE_SAME);
    }
}
