package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PremisesTest {
    @Test
    void a_programs_own_process_is_the_main_process() {
        assertThat(Host.withWorker().premises(CELERY).mains())
                .containsExactly(new Main(worker(200, SUPERVISORD).entry(), "worker", false));
    }

    @Test
    void below_a_shell_wrapper_the_topmost_worker_is_the_main_process() {
        Host host = new Host()
                .add(row(200, SUPERVISORD).argv("sh", "run.sh").of(CELERY))
                .add(row(210, 200).argv("env").group(200).of(CELERY))
                .add(worker(211, 210).group(200))
                .add(worker(212, 211).group(200));
        assertThat(host.premises(CELERY).mains())
                .extracting(m -> m.process().pid())
                .containsExactly(211L);
    }

    @Test
    void other_programs_and_programs_that_do_not_run_have_no_main_process() {
        Host host = new Host().add(row(300, SUPERVISORD).argv("celery", "-A", "shop", "flower"));
        Program flower = Host.program("flower", "flower", 300, "celery -A shop flower");
        Program down = Host.program("down", "down", 0, "celery worker");
        assertThat(host.premises(flower, down).mains()).isEmpty();
    }

    @Test
    void a_scheduler_is_a_main_process_that_is_no_worker() {
        Host host = new Host().add(row(300, SUPERVISORD).argv("celery", "-A", "shop", "beat"));
        Program beat = Host.program("beat", "beat", 300, "celery -A shop beat");
        assertThat(host.premises(beat).mains()).singleElement().satisfies(main -> {
            assertThat(main.program()).isEqualTo("beat");
            assertThat(main.takesTasks()).isFalse();
        });
    }

    @Test
    void a_pid_that_is_not_below_supervisord_any_more_is_no_main_process() {
        Host host = new Host().add(worker(200, 1).leads());
        assertThat(host.premises(CELERY).mains()).isEmpty();
    }

    @Test
    void without_a_supervisord_nothing_is_below_it() {
        Host host = new Host().add(worker(7, 0).leads());
        Premises premises = host.premises(0, Set.of(), CELERY);
        assertThat(premises.table().all()).noneMatch(premises::isBelow);
    }

    @Test
    void below_is_every_descendant_and_not_supervisord_itself() {
        Premises premises = Host.withWorker().premises(CELERY);
        assertThat(premises.table().all().stream().filter(premises::isBelow))
                .extracting(ProcessEntry::pid)
                .containsExactlyInAnyOrder(200L, 201L, 202L);
        assertThat(premises.table().all().stream().filter(premises::isStranger))
                .extracting(ProcessEntry::pid)
                .containsExactlyInAnyOrder(1L, SUPERVISORD);
    }

    @Test
    void what_was_spared_once_is_no_stranger_unless_its_pid_was_reused() {
        ProcessIdentity first = new ProcessIdentity(1, 10, Host.BOOT);
        ProcessIdentity reused = new ProcessIdentity(100, 7, Host.BOOT);
        Premises premises = new Host().premises(0, Set.of(first, reused), CELERY);
        assertThat(premises.table().all().stream().filter(premises::isStranger))
                .extracting(ProcessEntry::pid)
                .containsExactly(SUPERVISORD);
    }

    @Test
    void the_program_above_is_the_one_whose_tree_holds_the_process() {
        Host host = Host.withWorker().add(row(300, SUPERVISORD));
        Premises premises = host.premises(CELERY);
        assertThat(premises.programAbove(200)).contains(CELERY);
        assertThat(premises.programAbove(202)).contains(CELERY);
        assertThat(premises.programAbove(300)).isEmpty();
        assertThat(premises.programAbove(1)).isEmpty();
        assertThat(premises.programAbove(4711)).isEmpty();
    }

    @Test
    void the_environment_tells_the_program_by_url_name_and_group() {
        Program other = Host.program("worker", "batch", 0, "celery worker");
        Premises premises = new Host().premises(CELERY, other);
        assertThat(premises.programOf(row(9, 1).of(CELERY).entry())).contains(CELERY);
        assertThat(premises.programOf(row(9, 1).of(other).entry())).contains(other);
        assertThat(premises.programOf(
                        row(9, 1).marks("http://x", "worker", "worker").entry()))
                .isEmpty();
        assertThat(premises.programOf(
                        row(9, 1).marks(Host.URL, "other", "worker").entry()))
                .isEmpty();
        assertThat(premises.programOf(
                        row(9, 1).marks(Host.URL, "worker", "other").entry()))
                .isEmpty();
        assertThat(premises.programOf(row(9, 1).entry())).isEqualTo(Optional.empty());
    }
}
