package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clones whose main process is gone: pool processes, or what a task has detached. Spared, and named. */
class UnsureTest {
    private final Host host = Host.withWorker();

    @Test
    void a_clone_without_parent_and_leader() {
        host.add(old(501, 1).group(500)).add(old(502, 7777).group(500));
        assertThat(unsure()).containsExactly(501L, 502L);
    }

    @Test
    void not_one_whose_parent_or_leader_lives() {
        host.add(old(500, 1).group(500))
                .add(old(501, 500).group(500))
                .add(old(502, 1).group(500));
        assertThat(unsure()).isEmpty();
    }

    @Test
    void one_whose_leader_is_of_another_program_now() {
        host.add(row(500, 1).session(55)).add(old(501, 1).group(500));
        assertThat(unsure()).containsExactly(501L);
    }

    @Test
    void not_an_orphan_that_is_certain() {
        host.add(old(500, 1).group(500));
        assertThat(unsure()).isEmpty();
    }

    @Test
    void not_one_that_was_spared_before_or_is_no_worker_or_has_detached_itself() {
        host.add(old(501, 1).group(500))
                .add(row(502, 1).session(55).group(500).argv("celery", "beat").of(CELERY))
                .add(worker(503, 1).leads());
        ProcessIdentity known = new ProcessIdentity(501, 5010, Host.BOOT);
        Premises premises = host.premises(Host.SUPERVISORD, Set.of(known), CELERY);
        assertThat(premises.unsure()).isEmpty();
    }

    @Test
    void a_main_process_whose_environment_was_emptied_and_whose_parent_is_gone() {
        host.add(row(500, 1).session(55).argv(Host.WORKER.toArray(String[]::new)));
        assertThat(unsure()).containsExactly(500L);
    }

    @Test
    void a_main_process_whose_title_has_been_written_over_its_environment() {
        host.add(row(500, 1).session(55).argv("[celeryd: celery@h:MainProcess] -active- (-A shop worker)"))
                .add(row(600, 1).session(55).argv("[celeryd: other@h:MainProcess] -active- (-A other worker)"));
        assertThat(unsure()).containsExactly(500L);
    }

    @Test
    void a_scheduler_whose_title_has_been_written_over_its_environment() {
        Program beat = Host.program("beat", "beat", 0, "celery -A shop beat");
        host.add(row(500, 1).session(55).argv("[celery beat] -A shop beat"))
                .add(row(600, 1).session(55).argv("[celery beat] -A other beat"))
                .add(row(700, 1).leads().argv("[celery beat] -A shop beat"));
        assertThat(host.premises(CELERY, beat).unsure())
                .extracting(ProcessEntry::pid)
                .containsExactly(500L);
    }

    @Test
    void an_embedded_scheduler_whose_main_process_is_gone() {
        Program embedding = Host.program("worker", "worker", 200, "celery -A shop worker -B");
        host.add(row(501, 1).session(55).group(500).argv("[celery beat]"))
                .add(row(600, 1).session(55).argv("[celeryd: celery@h:MainProcess] -active- (-A shop worker -B)"))
                .add(row(601, 600).session(55).group(600).argv("[celery beat]"));
        assertThat(host.premises(embedding).unsure())
                .extracting(ProcessEntry::pid)
                .containsExactly(501L, 600L);
        assertThat(unsure()).doesNotContain(501L);
    }

    @Test
    void not_one_that_a_service_manager_runs_with_the_same_words() {
        host.add(row(500, 1).leads().argv(Host.WORKER.toArray(String[]::new)));
        assertThat(unsure()).isEmpty();
    }

    private List<Long> unsure() {
        return host.premises(CELERY).unsure().stream().map(ProcessEntry::pid).toList();
    }

    private static Host.Row old(long pid, long parent) {
        return worker(pid, parent).session(55);
    }
}
