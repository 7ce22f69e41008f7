package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What looks like an orphan and is none; session 55 is that of an earlier supervisord, which is gone. */
class NoOrphanTest {
    private static final long EARLIER = 55;
    private static final Program WRAPPED = Host.program("worker", "worker", 200, "sh -c 'celery -A shop worker'");

    private final Host host = Host.withWorker();

    @Test
    void not_pool_processes_whose_main_process_is_dead() {
        host.add(old(501, 1).group(500)).add(old(502, 1).group(500));
        assertThat(orphans()).isEmpty();
        assertThat(host.premises(CELERY).unsure()).extracting(ProcessEntry::pid).containsExactly(501L, 502L);
        assertThat(pids(host.premises(WRAPPED))).isEmpty();
    }

    @Test
    void not_a_clone_with_children_beside_an_older_main_process_whose_wrapper_is_dead() {
        host.add(old(501, 1).group(500))
                .add(old(502, 501).group(500))
                .add(old(503, 1).group(500))
                .add(old(504, 503).group(500));
        assertThat(pids(host.premises(WRAPPED))).containsExactly(501L);
    }

    @Test
    void not_a_worker_below_another_supervisord() {
        host.add(row(400, 1).leads().argv("python3", "/usr/bin/supervisord"))
                .add(worker(500, 400).group(500).session(400))
                .add(row(410, 400).session(400).argv("sh"))
                .add(worker(510, 410).group(510).session(400));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_worker_below_what_may_be_a_supervisord() {
        host.add(row(400, 1).leads().exe("/opt/box").argv("/opt/box", "--", "supervisord"))
                .add(worker(500, 400).group(500).session(400));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_worker_below_a_supervisord_behind_options_of_its_interpreter() {
        host.add(row(400, 1).leads().argv("python3", "-W", "ignore", "-m", "supervisor.supervisord"))
                .add(worker(500, 400).session(400));
        Premises premises = host.premises(CELERY);
        assertThat(pids(premises)).isEmpty();
        assertThat(premises.unsure()).isEmpty();
    }

    /** Its socket was removed, so nobody answered for it. */
    @Test
    void not_a_worker_below_a_supervisord_of_a_name_that_nobody_knows() {
        Host down = new Host()
                .add(row(400, 1).leads().argv("/srv/app.pex", "-n"))
                .add(worker(500, 400).session(400))
                .add(worker(501, 500).session(400).group(500))
                .add(row(510, 400).session(400).argv("sh", "run.sh").of(CELERY))
                .add(worker(511, 510).session(400).group(510))
                .add(worker(512, 511).session(400).group(510));
        Premises premises = down.premises(0, Set.of(), CELERY);
        assertThat(pids(premises)).isEmpty();
        assertThat(premises.unsure()).extracting(ProcessEntry::pid).containsExactly(500L, 511L);
    }

    @Test
    void not_a_worker_whose_parent_is_hidden_from_us() {
        Host down = new Host().add(worker(500, 400).session(400));
        assertThat(pids(down.premises(0, Set.of(), CELERY))).isEmpty();
    }

    /** A wrapper that made a session of its own says nothing of that of its parent. */
    @Test
    void not_a_worker_below_a_wrapper_in_its_own_session_whose_parent_lives() {
        host.add(row(400, 1).leads().argv("/srv/app.pex"))
                .add(row(600, 400).leads().argv("sh").of(CELERY))
                .add(row(610, 600).session(600).argv("env").of(CELERY))
                .add(worker(611, 610).session(600).group(610));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_worker_of_a_container() {
        Map<String, String> marks = new HashMap<>(old(500, 1).entry().marks());
        marks.put(ProcessEntry.NAMESPACES, "pid:[7] mnt:[8]");
        ProcessEntry inside = new ProcessEntry(500, 5000, 1, 500, EARLIER, 'S', 0, Host.PYTHON, Host.WORKER, marks);
        assertThat(pids(seenFrom("pid:[1] mnt:[2]", inside))).isEmpty();
        assertThat(pids(seenFrom("pid:[7] mnt:[8]", inside))).containsExactly(500L);
    }

    /** Each life of a unit with PrivateTmp= has a mount namespace of its own. */
    @Test
    void not_a_worker_of_another_mount_namespace_that_is_not_certainly_of_this_place() {
        Map<String, String> marks = new HashMap<>(old(500, 1).entry().marks());
        marks.put(ProcessEntry.NAMESPACES, "pid:[1] mnt:[8]");
        ProcessEntry before = new ProcessEntry(500, 5000, 1, 500, EARLIER, 'S', 0, Host.PYTHON, Host.WORKER, marks);
        assertThat(pids(seenFrom("pid:[1] mnt:[2]", before))).isEmpty();
        ProcessTable table = new ProcessTable(Host.BOOT, "pid:[1] mnt:[2]", List.of(before));
        Premises.Supervision sure = new Premises.Supervision(Host.URL, List.of(CELERY), program -> "", before::equals);
        assertThat(pids(new Premises(table, 0, sure, Set.of()))).containsExactly(500L);
    }

    @Test
    void not_a_worker_that_a_task_started_with_nohup() {
        host.add(worker(600, 1).group(200).argv("celery", "-A", "other", "worker"))
                .add(old(500, 1).group(500))
                .add(old(510, 500).group(500).argv("celery", "-A", "other", "worker"))
                .add(old(520, 1).group(501).argv("celery", "-A", "other", "worker"));
        assertThat(orphans()).containsExactly(500L);
    }

    @Test
    void not_a_worker_that_a_shell_of_a_task_runs() {
        host.add(old(500, 1).group(500))
                .add(row(510, 500).session(EARLIER).group(500).argv("sh").of(CELERY))
                .add(old(511, 510).group(500));
        assertThat(orphans()).containsExactly(500L);
    }

    @Test
    void not_a_worker_below_a_worker_of_another_program() {
        Program other = Host.program("other", "other", 0, "celery -A shop worker");
        host.add(old(500, 1).group(500).of(other)).add(old(510, 500));
        assertThat(pids(host.premises(CELERY, other))).containsExactly(500L);
    }

    @Test
    void not_a_daemon_that_called_setsid() {
        host.add(worker(600, 1).leads());
        host.add(worker(601, 1).group(600).session(600));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_worker_below_a_wrapper_that_called_setsid() {
        host.add(row(600, 1).leads().argv("sh").of(CELERY))
                .add(worker(601, 600).group(601).session(600).of(CELERY))
                .add(worker(603, 600).group(700).session(600).of(CELERY));
        assertThat(orphans()).doesNotContain(603L);
    }

    @Test
    void not_a_clone_that_a_task_forked_twice_in_the_group_of_a_living_main_process() {
        host.add(worker(600, 1).group(200));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_clone_in_the_group_of_a_living_main_process_below_a_dead_wrapper() {
        Host wrapped = new Host()
                .add(row(200, SUPERVISORD).argv("sh", "run.sh").of(CELERY))
                .add(worker(210, 200).group(209))
                .add(worker(600, 1).group(209));
        assertThat(pids(wrapped.premises(CELERY))).isEmpty();
    }

    @Test
    void not_a_known_bystander() {
        host.add(old(500, 1).group(500));
        ProcessIdentity known = new ProcessIdentity(500, 5000, Host.BOOT);
        assertThat(pids(host.premises(SUPERVISORD, Set.of(known), CELERY))).isEmpty();
    }

    @Test
    void not_a_worker_of_another_supervisord_or_program() {
        host.add(old(500, 1).group(500).marks("unix:///other.sock", "worker", "worker"))
                .add(old(501, 1).group(501).marks(Host.URL, "removed", "removed"))
                .add(row(502, 1).session(EARLIER).argv(Host.WORKER.toArray(String[]::new)));
        assertThat(orphans()).isEmpty();
    }

    @Test
    void not_a_program_that_is_neither_worker_nor_scheduler() {
        host.add(row(500, 1)
                .session(EARLIER)
                .argv("celery", "-A", "shop", "flower")
                .of(CELERY));
        assertThat(orphans()).isEmpty();
    }

    /** In the background of a terminal of its own, which was closed. */
    @Test
    void not_a_worker_that_somebody_has_left_running_in_a_terminal_of_a_program_that_is_no_celery() {
        Program jupyter = Host.program("jupyter", "jupyter", 300, "jupyter lab");
        host.add(row(300, SUPERVISORD).argv("jupyter", "lab").of(jupyter))
                .add(worker(600, 1).session(599).of(jupyter))
                .add(worker(601, 600).session(599).group(600).of(jupyter));
        Premises premises = host.premises(CELERY, jupyter);
        assertThat(pids(premises)).isEmpty();
        assertThat(premises.unsure()).extracting(ProcessEntry::pid).containsExactly(600L);
    }

    @Test
    void not_a_worker_that_a_program_which_is_no_celery_has_put_into_a_group_of_its_own_be_supervisord_there_or_gone() {
        Program web = Host.program("web", "web", 300, "gunicorn shop.wsgi");
        ProcessEntry worker = worker(600, 1).of(web).entry();
        Premises before = host.add(worker(600, 1).of(web)).premises(CELERY, web);
        assertThat(pids(before)).isEmpty();
        assertThat(before.unsure()).containsExactly(worker);
        Premises after = new Host().add(worker(600, 1).of(web)).premises(0, Set.of(), CELERY, web);
        assertThat(pids(after)).isEmpty();
        assertThat(after.unsure()).containsExactly(worker);
    }

    /** What runs in a terminal of a notebook now says nothing of what ran in another one. */
    @Test
    void not_one_like_a_worker_that_lives_in_a_terminal() {
        Program jupyter = Host.program("jupyter", "jupyter", 300, "jupyter lab");
        host.add(row(300, SUPERVISORD).argv("jupyter", "lab").of(jupyter))
                .add(row(310, 300).leads().argv("bash").of(jupyter))
                .add(worker(311, 310).session(310).of(jupyter))
                .add(worker(600, 1).session(599).of(jupyter));
        assertThat(pids(host.premises(CELERY, jupyter))).isEmpty();
    }

    @Test
    void not_a_scheduler_of_a_program_that_does_not_say_what_it_runs() {
        Program script = Host.program("own", "own", 0, "/srv/own");
        host.add(old(600, 1).argv("celery", "-A", "shop", "beat").of(script));
        Premises premises = host.premises(CELERY, script);
        assertThat(pids(premises)).isEmpty();
        assertThat(premises.unsure()).extracting(ProcessEntry::pid).containsExactly(600L);
    }

    private static Premises seenFrom(String namespaces, ProcessEntry process) {
        ProcessTable table = new ProcessTable(Host.BOOT, namespaces, List.of(process));
        return new Premises(table, 0, new Premises.Supervision(Host.URL, List.of(CELERY)), Set.of());
    }

    private static Host.Row old(long pid, long parent) {
        return worker(pid, parent).session(EARLIER);
    }

    private List<Long> orphans() {
        return pids(host.premises(CELERY));
    }

    private static List<Long> pids(Premises premises) {
        return premises.mains().stream()
                .filter(Main::orphan)
                .map(m -> m.process().pid())
                .toList();
    }
}
