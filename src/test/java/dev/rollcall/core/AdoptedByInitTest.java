package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Incident: {@code command=tini -s -- celery ...}; what a task had detached was adopted by tini, taken for a worker and killed. */
class AdoptedByInitTest {
    private static final Node NODE = Rolls.node("w@h", "worker", 210, 211);

    private final Host host = below("/usr/bin/tini", "tini", "-s", "--", "celery");

    private static Host below(String exe, String... words) {
        return new Host()
                .add(row(200, SUPERVISORD).exe(exe).argv(words).of(CELERY))
                .add(worker(210, 200))
                .add(worker(211, 210).group(210));
    }

    @Test
    void a_clone_in_the_group_of_the_main_process_is_no_main_process_and_spared() {
        host.add(worker(300, 200).group(210)).add(worker(301, 300).group(210));
        assertThat(mains(host)).containsExactly(210L);
        assertThat(bystanders(host)).containsExactly(300L, 301L);
    }

    @Test
    void nor_is_one_with_a_group_or_a_session_of_its_own() {
        host.add(worker(300, 200)).add(worker(310, 200).leads());
        assertThat(mains(host)).containsExactly(210L);
        assertThat(bystanders(host)).containsExactly(300L, 310L);
    }

    @Test
    void nor_a_worker_that_a_detached_script_has_started() {
        host.add(row(300, 200).argv("sh", "own.sh").of(CELERY)).add(worker(301, 300));
        assertThat(mains(host)).containsExactly(210L);
        assertThat(bystanders(host)).containsExactly(300L, 301L);
    }

    @Test
    void below_an_init_of_a_name_that_nobody_knows_a_clone_is_known_by_its_group_or_session() {
        Host unknown = below("/opt/reaper", "reaper", "celery")
                .add(worker(300, 200).group(210))
                .add(worker(310, 200).leads());
        assertThat(mains(unknown)).containsExactly(210L);
        assertThat(bystanders(unknown)).containsExactly(300L, 310L);
    }

    @Test
    void one_that_was_spared_once_is_no_main_process_though_nothing_else_tells() {
        Host unknown = below("/opt/reaper", "reaper", "celery").add(worker(300, 200));
        assertThat(mains(unknown)).containsExactly(210L, 300L);
        ProcessIdentity known = new ProcessIdentity(300, 3000, Host.BOOT);
        Premises premises = unknown.premises(SUPERVISORD, Set.of(known), CELERY);
        assertThat(premises.mains()).extracting(m -> m.process().pid()).containsExactly(210L);
        assertThat(new Bystanders(premises, List.of(NODE)).list())
                .extracting(Bystander::pid)
                .containsExactly(300L);
    }

    @Test
    void the_one_that_the_wrapper_has_started_is_the_main_process_whoever_was_spared() {
        Premises premises = below("/bin/sh", "sh", "run.sh")
                .premises(SUPERVISORD, Set.of(new ProcessIdentity(210, 2100, Host.BOOT)), CELERY);
        assertThat(premises.mains()).extracting(m -> m.process().pid()).containsExactly(210L);
    }

    /** A shell starts several, and what they write goes to another process of its own. */
    @Test
    void what_a_shell_has_started_is_of_the_program() {
        Host shell = below("/bin/sh", "sh", "run.sh")
                .add(row(220, 200).argv("celery", "-A", "shop", "beat").of(CELERY))
                .add(row(230, 200).leads().argv("celery", "-A", "other", "beat").of(CELERY))
                .add(row(240, 200).argv("tee", "log").of(CELERY));
        assertThat(mains(shell)).containsExactly(210L, 220L, 230L);
        assertThat(bystanders(shell)).doesNotContain(200L, 240L);
    }

    /** {@code exec > >(tee log); exec tini -s -- celery ...} */
    @Test
    void what_a_script_had_started_before_it_became_the_init_is_not_the_command() {
        Host logged = new Host()
                .add(row(200, SUPERVISORD)
                        .exe("/usr/bin/tini")
                        .argv("tini", "-s", "--", "celery")
                        .of(CELERY))
                .add(row(205, 200).argv("tee", "log").of(CELERY))
                .add(worker(210, 200))
                .add(worker(300, 200).group(210));
        assertThat(mains(logged)).containsExactly(210L);
        assertThat(bystanders(logged)).contains(300L).doesNotContain(205L);
    }

    @Test
    void what_an_init_of_another_program_has_adopted_is_none_of_ours() {
        Program web = Host.program("web", "web", 400, "tini -s -- gunicorn");
        host.add(row(400, SUPERVISORD)
                        .exe("/usr/bin/tini")
                        .argv("tini", "-s", "--", "gunicorn")
                        .of(web))
                .add(row(410, 400).argv("gunicorn").of(web))
                .add(row(411, 400).argv("gunicorn").of(web));
        assertThat(new Bystanders(host.premises(CELERY, web), List.of(NODE)).list())
                .isEmpty();
    }

    private static List<Long> mains(Host host) {
        return host.premises(CELERY).mains().stream()
                .map(m -> m.process().pid())
                .toList();
    }

    private static List<Long> bystanders(Host host) {
        return new Bystanders(host.premises(CELERY), List.of(NODE))
                .list().stream().map(Bystander::pid).toList();
    }
}
