package dev.rollcall.core;

import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A clone with children of its own that a task of now has detached: nothing but its process group tells it from an orphan (S3). */
class DetachedCloneTest {
    private static final Program WRAPPED = Host.program("worker", "worker", 200, "sh -c 'celery -A shop worker'");

    @Test
    void below_no_living_supervisord_it_is_an_orphan() {
        assertThat(orphans(with(new Host(), 500))).containsExactly(600L);
    }

    /** The wrapper was started by {@code env -i}: it does not say whose it is. */
    @Test
    void not_one_in_the_group_of_a_wrapper_of_now() {
        assertThat(orphans(with(new Host().add(row(200, SUPERVISORD).argv("sh")), 200)))
                .isEmpty();
    }

    @Test
    void not_one_in_the_group_of_a_worker_of_now_whose_wrapper_has_left_it() {
        Host host = new Host()
                .add(row(200, SUPERVISORD).argv("sh").of(WRAPPED))
                .add(worker(210, 200).group(209));
        assertThat(orphans(with(host, 209))).isEmpty();
    }

    @Test
    void not_another_process_that_has_the_pid_of_one_that_an_earlier_run_has_left() {
        Node earlier = new Node("w@h", "worker", 700, 1, "prefork", true, false, List.of(), List.of());
        Premises premises = new Host().add(row(700, 1).leads()).premises(WRAPPED);
        assertThat(premises.left(List.of(earlier), Host.BOOT, List.of())).isEmpty();
    }

    private static Host with(Host host, long group) {
        return host.add(worker(600, 1).group(group)).add(worker(601, 600).group(group));
    }

    private static List<Long> orphans(Host host) {
        return host.premises(WRAPPED).mains().stream()
                .filter(Main::orphan)
                .map(m -> m.process().pid())
                .toList();
    }
}
