package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Commands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers that look like one of ours in all but one thing: nothing is run for them, or not with our rights (S13). */
class ConfinementRefusalTest {
    private static final String SLEEP = "import os, sys, time; %s; print('there', flush=True); time.sleep(600)";

    private final List<Process> ours = new ArrayList<>();

    @AfterEach
    void end_ours() throws InterruptedException {
        for (Process process : ours) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void one_like_us_is_run_for() throws Exception {
        assertThat(confine(python("0")).argv()).containsExactly("/bin/true");
    }

    @Test
    void one_whose_environment_cannot_be_read_is_not_run_for() throws Exception {
        Worker seen = python("0");
        refused(new Worker(seen.process(), seen.arguments(), Map.of()), "cannot be seen");
    }

    @Test
    void one_whose_pid_is_another_process_by_now_is_not_run_for() throws Exception {
        Worker seen = python("0");
        ProcessEntry e = seen.process();
        ProcessEntry earlier = new ProcessEntry(
                e.pid(),
                e.startTicks() - 1,
                e.ppid(),
                e.pgid(),
                e.sid(),
                e.state(),
                e.uid(),
                e.exe(),
                e.argv(),
                e.marks());
        refused(new Worker(earlier, seen.arguments(), seen.environment()), "it has ended");
    }

    @Test
    @Tag("integration")
    void one_that_sees_other_files_is_not_run_for() throws Exception {
        assumeRoot();
        refused(python("0", "/usr/bin/unshare", "-m"), "cannot be seen");
    }

    @Test
    @Tag("integration")
    void one_with_another_root_is_not_run_for() throws Exception {
        assumeRoot();
        refused(python("os.chroot('/usr'); os.chdir('/')"), "cannot be seen");
    }

    @Test
    @Tag("integration")
    void a_root_without_capabilities_gets_none() throws Exception {
        assumeRoot();
        Worker powerless = python("0", "/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all");
        List<String> show = List.of("/bin/cat", "/proc/self/status");
        Commands.Command command = new Confinement(powerless).confine(show, Map.of(), Duration.ofSeconds(20));
        assertThat(new String(new ChildCommands().run(command).out(), StandardCharsets.UTF_8))
                .containsPattern("CapEff:\t0+\n");
    }

    private static void assumeRoot() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
    }

    private static void refused(Worker worker, String why) {
        assertThatThrownBy(() -> confine(worker))
                .isInstanceOfSatisfying(
                        NoWayIn.class, no -> assertThat(no.getMessage()).contains(why));
    }

    private static Commands.Command confine(Worker worker) throws NoWayIn {
        return new Confinement(worker).confine(List.of("/bin/true"), Map.of(), Duration.ofSeconds(5));
    }

    /** @return once it has done what it should and sleeps */
    private Worker python(String first, String... prefix) throws Exception {
        List<String> argv = new ArrayList<>(List.of(prefix));
        argv.addAll(List.of("/usr/bin/python3", "-c", SLEEP.formatted(first)));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        ours.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("there");
        return Worker.of(CeleryWorker.entry(process.pid()));
    }
}
