package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** They lead a session that nobody leads any more, as a daemon does: spared, and named. */
class DetachedWorkersTest {
    private static final Program MULTI = Host.program("multi", "multi", 0, "celery multi start w1 -A shop");

    private final Host host = Host.withWorker();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery multi start w1 -A shop",
                "celery -A shop multi start 3 -c 2",
                "/bin/sh -c 'cd /srv; python3 -m celery multi -A shop start w1'",
                "celery -A shop worker --detach",
                "celery -A shop worker -D -l info",
                "celery -A shop beat --detach",
            })
    void these_commands_start_them(String command) {
        assertThat(DetachedWorkers.areStartedBy(command)).isTrue();
    }

    /** The last one ends what was there, and so replaces it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A shop worker",
                "celery -A shop flower -D",
                "celery multi stop w1",
                "gunicorn -D shop",
                "/srv/run.sh --detach",
                "celery multi restart w1",
            })
    void these_do_not(String command) {
        assertThat(DetachedWorkers.areStartedBy(command)).isFalse();
    }

    @Test
    void the_main_process_is_named_and_not_its_pool_though_it_was_spared_before() {
        host.add(daemon(500, 1)).add(daemon(501, 500)).add(daemon(502, 500));
        ProcessIdentity known = new ProcessIdentity(500, 5000, Host.BOOT);
        Premises premises = host.premises(SUPERVISORD, Set.of(known), CELERY, MULTI);
        DetachedWorkers workers = new DetachedWorkers(premises);
        assertThat(workers.programs()).containsExactly(MULTI);
        assertThat(workers.of(MULTI)).extracting(ProcessEntry::pid).containsExactly(500L);
    }

    @Test
    void not_one_below_supervisord_or_of_another_program_or_no_celery_or_not_detached() {
        host.add(worker(500, 1).leads())
                .add(daemon(510, 1).group(510))
                .add(daemon(520, 200))
                .add(daemon(530, 1).argv("sleep", "9"));
        assertThat(new DetachedWorkers(host.premises(CELERY, MULTI)).of(MULTI)).isEmpty();
    }

    @Test
    void they_are_bystanders_and_no_orphans() {
        host.add(daemon(500, 1));
        Premises premises = host.premises(CELERY, MULTI);
        assertThat(premises.mains()).noneMatch(Main::orphan);
        assertThat(new Bystanders(premises, List.of()).list())
                .extracting(Bystander::pid)
                .containsExactly(500L);
    }

    private static Host.Row daemon(long pid, long parent) {
        return worker(pid, parent).group(498).session(498).of(MULTI);
    }
}
