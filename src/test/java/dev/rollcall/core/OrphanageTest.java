package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Session 55 is that of an earlier supervisord, which is gone; its programs led groups inside that session. */
class OrphanageTest {
    private static final long EARLIER = 55;
    private static final Program WRAPPED = Host.program("worker", "worker", 200, "sh -c 'celery -A shop worker'");

    private final Host host = Host.withWorker();

    @Test
    void a_main_process_whose_supervisord_is_gone() {
        host.add(old(500, 1).group(500)).add(old(501, 500).group(500));
        assertThat(orphans()).containsExactly(500L);
    }

    @Test
    void a_main_process_that_another_than_init_has_adopted() {
        host.add(row(300, 1).leads().exe("/usr/lib/systemd/systemd").argv("/usr/lib/systemd/systemd", "--user"))
                .add(old(500, 300))
                .add(row(310, 1).session(EARLIER).exe("/usr/bin/tini").argv("tini", "-s", "--", "supervisord"))
                .add(old(510, 310))
                .add(row(320, 1).leads().exe("/usr/bin/own-reaper").argv("own-reaper"))
                .add(old(520, 320));
        assertThat(orphans()).containsExactly(500L, 510L, 520L);
    }

    @Test
    void a_main_process_is_found_while_no_supervisord_runs() {
        Host down = new Host().add(old(500, 1).group(500));
        assertThat(pids(down.premises(0, Set.of(), Host.program("worker", "worker", 0, "celery -A shop worker"))))
                .containsExactly(500L);
    }

    @Test
    void a_main_process_that_a_script_has_executed_which_says_so() {
        Program script = Host.program("worker", "worker", 0, "/srv/run.sh");
        String text = "#!/bin/sh\nexec celery -A \"$APP\" worker --hostname=\"w@$(hostname)\"\n";
        ProcessTable down = new Host().add(old(500, 1).group(500)).table();
        assertThat(pids(scripted(down, 0, script, text))).containsExactly(500L);
        assertThat(pids(scripted(down, 0, script, "#!/bin/sh\nexec gunicorn\n")))
                .isEmpty();
        assertThat(pids(scripted(down, 999, script, text)))
                .as("its supervisord has gone just now: what a task has detached is in that session, too")
                .isEmpty();
        assertThat(pids(scripted(host.add(old(500, 1).group(500)).table(), SUPERVISORD, script, text)))
                .containsExactly(500L);
        assertThat(pids(scripted(host.add(worker(600, 1)).table(), SUPERVISORD, script, text)))
                .as("not in the session of the supervisord that runs")
                .containsExactly(500L);
    }

    @Test
    void a_main_process_without_environment_below_a_wrapper_that_has_one() {
        host.add(row(500, 1)
                        .session(EARLIER)
                        .argv("sh", "-c", "env -i celery -A shop worker")
                        .of(CELERY))
                .add(row(501, 500).session(EARLIER).group(500).argv(Host.WORKER.toArray(String[]::new)));
        assertThat(orphans()).containsExactly(501L);
    }

    @Test
    void a_main_process_whose_wrapper_is_dead() {
        host.add(old(501, 1).group(500)).add(old(502, 501).group(500));
        assertThat(pids(host.premises(WRAPPED))).containsExactly(501L);
    }

    @Test
    void a_main_process_whose_wrapper_is_alive() {
        host.add(row(500, 1).session(EARLIER).argv("sh", "run.sh").of(CELERY))
                .add(old(501, 500).group(500))
                .add(old(502, 501).group(500));
        assertThat(orphans()).containsExactly(501L);
    }

    @Test
    void a_main_process_below_two_wrappers() {
        host.add(row(500, 1).session(EARLIER).argv("sh", "run.sh").of(CELERY))
                .add(row(501, 500).session(EARLIER).group(500).argv("env").of(CELERY))
                .add(old(502, 501).group(500));
        assertThat(orphans()).containsExactly(502L);
    }

    @Test
    void a_scheduler_whose_supervisord_is_gone() {
        Program beat = Host.program("beat", "beat", 0, "celery -A shop beat");
        host.add(row(500, 1)
                .session(EARLIER)
                .argv("celery", "-A", "shop", "beat")
                .of(beat));
        assertThat(pids(host.premises(CELERY, beat))).containsExactly(500L);
    }

    @Test
    void a_scheduler_whose_wrapper_is_dead() {
        Program beat = Host.program("beat", "beat", 0, "sh -c 'celery -A shop beat'");
        host.add(row(501, 1)
                .session(EARLIER)
                .group(500)
                .argv("celery", "-A", "shop", "beat")
                .of(beat));
        assertThat(pids(host.premises(CELERY, beat))).containsExactly(501L);
    }

    /** They might as well be what a task has forked and detached: unknown is spared. */
    @Test
    void a_main_process_of_a_command_that_only_a_living_worker_explains() {
        Program script = Host.program("worker", "worker", 200, "/srv/run.sh");
        host.add(old(501, 1).group(500))
                .add(old(511, 501).group(500))
                .add(old(502, 1).group(500).argv("celery", "-A", "other", "worker"));
        assertThat(pids(host.premises(script))).containsExactly(501L);
    }

    @Test
    void a_living_worker_of_another_program_explains_nothing() {
        Program script = Host.program("batch", "batch", 0, "/srv/run.sh");
        host.add(old(501, 1).group(500).of(script));
        assertThat(pids(host.premises(CELERY, script))).isEmpty();
    }

    private static Host.Row old(long pid, long parent) {
        return worker(pid, parent).session(EARLIER);
    }

    private List<Long> orphans() {
        return pids(host.premises(CELERY));
    }

    private static Premises scripted(ProcessTable table, long supervisord, Program program, String text) {
        return new Premises(
                table,
                supervisord,
                new Premises.Supervision(Host.URL, List.of(program), p -> text),
                Set.<ProcessIdentity>of());
    }

    private static List<Long> pids(Premises premises) {
        return premises.mains().stream()
                .filter(Main::orphan)
                .map(m -> m.process().pid())
                .toList();
    }
}
