package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may be asked for a broker, though only an answer makes it a node. */
class EntryPointsTest {
    private static final Program OWN = Host.program("own", "own", 300, "python run_worker.py");
    private static final Program DOWN = Host.program("down", "down", 0, "python run_worker.py");
    private static final Program GONE = Host.program("gone", "gone", 900, "python run_worker.py");

    private final Host host = Host.withWorker()
            .add(own(300, SUPERVISORD))
            .add(own(301, 300))
            .add(row(302, 300).argv("sh"))
            .add(own(310, 302))
            .add(own(311, 310))
            .add(own(900, 1))
            .add(own(901, 900));

    @Test
    void are_prefork_parents_in_the_tree_of_a_program_without_a_known_main_process() {
        assertThat(new EntryPoints(host.premises(CELERY, OWN, DOWN, GONE)).parents())
                .extracting(ProcessEntry::pid)
                .containsExactly(300L, 310L);
    }

    @Test
    void without_a_pool_are_programs_own_processes_alone() {
        Program shell = Host.program("shell", "shell", 302, "sh -c run");
        assertThat(new EntryPoints(host.premises(CELERY, OWN, shell, DOWN, GONE)).alone())
                .extracting(ProcessEntry::pid)
                .containsExactly(302L);
    }

    @Test
    void below_is_the_whole_tree() {
        assertThat(host.premises(CELERY).below())
                .extracting(ProcessEntry::pid)
                .containsExactlyInAnyOrder(200L, 201L, 202L, 300L, 301L, 302L, 310L, 311L);
    }

    private static Host.Row own(long pid, long parent) {
        return row(pid, parent).argv("python", "run_worker.py");
    }
}
