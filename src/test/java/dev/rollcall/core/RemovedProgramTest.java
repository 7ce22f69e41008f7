package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The program was renamed, or has fewer processes, while workers of its earlier life were left. Spared, and named. */
class RemovedProgramTest {
    private static final Program REMOVED = Host.program("worker_3", "worker", 0, "celery -A shop worker");

    private final Host host = Host.withWorker();

    @Test
    void the_main_process_is_named_and_not_each_of_its_pool() {
        host.add(old(500, 1).group(500))
                .add(old(501, 500).group(500))
                .add(old(502, 500).group(500));
        assertThat(removed()).containsExactly(500L);
        assertThat(host.premises(CELERY).mains())
                .extracting(m -> m.process().pid())
                .containsExactly(200L);
    }

    @Test
    void pool_processes_without_a_main_process_and_a_scheduler() {
        host.add(old(501, 1).group(500))
                .add(old(502, 1).group(500))
                .add(old(600, 1).argv("celery", "-A", "shop", "beat"));
        assertThat(removed()).containsExactly(501L, 502L, 600L);
    }

    @Test
    void not_what_a_task_has_detached_or_what_is_no_celery() {
        host.add(old(500, 1).leads()).add(old(600, 1).argv("sleep", "600"));
        assertThat(removed()).isEmpty();
    }

    @Test
    void not_a_worker_of_a_program_of_now_or_of_another_supervisord() {
        host.add(worker(500, 1).session(55))
                .add(old(501, 1).marks("unix:///other.sock", "worker_3", "worker"))
                .add(old(502, 1).marks(Host.URL, "", ""))
                .add(row(700, 1).leads().argv("/usr/bin/python3", "/usr/bin/supervisord"))
                .add(old(701, 700).session(700));
        assertThat(removed()).isEmpty();
    }

    @Test
    void not_one_that_was_spared_before() {
        host.add(old(500, 1));
        ProcessIdentity known = new ProcessIdentity(500, 5000, Host.BOOT);
        assertThat(host.premises(SUPERVISORD, Set.of(known), CELERY).ofRemovedPrograms())
                .isEmpty();
    }

    private static Host.Row old(long pid, long parent) {
        return worker(pid, parent).session(55).of(REMOVED);
    }

    private List<Long> removed() {
        return host.premises(CELERY).ofRemovedPrograms().stream()
                .map(ProcessEntry::pid)
                .toList();
    }
}
