package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is alive of the roll of a run that was cut off: certain, whatever it looks like. */
class LeftTest {
    private static final Node NODE = new Node(
            "own@h",
            "worker",
            500,
            5000,
            "prefork",
            true,
            false,
            List.of(new Node.Pool(501, 5010, Set.of()), new Node.Pool(502, 5020, Set.of())),
            List.of());

    private final Host host = Host.withWorker();

    @Test
    void a_main_process_and_not_its_children_once_more() {
        host.add(row(500, 1).group(500)).add(row(501, 500).group(500));
        assertThat(left()).containsExactly(500L);
    }

    @Test
    void pool_processes_whose_main_process_is_gone() {
        host.add(row(501, 1).group(500)).add(row(502, 1).group(500));
        assertThat(left()).containsExactly(501L, 502L);
    }

    @Test
    void not_another_process_of_that_pid_and_not_one_of_now() {
        host.add(row(502, Host.SUPERVISORD).group(502));
        Node reused = new Node("own@h", "worker", 200, 1, "prefork", true, false, List.of(), List.of());
        Premises premises = host.premises(CELERY);
        assertThat(premises.left(List.of(reused, NODE), Host.BOOT, List.of())).isEmpty();
    }

    @Test
    void nothing_of_another_boot() {
        host.add(row(500, 1).group(500));
        assertThat(host.premises(CELERY).left(List.of(NODE), "boot-0", List.of()))
                .isEmpty();
    }

    private List<Long> left() {
        List<Main> left = host.premises(CELERY).left(List.of(NODE), Host.BOOT, List.of());
        assertThat(left).allMatch(m -> m.orphan() && m.program().equals("worker"));
        return left.stream().map(m -> m.process().pid()).toList();
    }
}
