package dev.rollcall.core;

import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolProcessesTest {
    private static final ProcessEntry MAIN = worker(200, 100).entry();

    @Test
    void are_children_with_the_same_executable_and_command_line() {
        assertThat(isPool(worker(201, 200))).isTrue();
        assertThat(isPool(worker(201, 200).exe("/bin/sleep"))).isFalse();
        assertThat(isPool(worker(201, 200).argv("sleep", "9"))).isFalse();
        assertThat(isPool(worker(202, 201))).isFalse();
    }

    @Test
    void are_children_with_celerys_own_title() {
        assertThat(isPool(row(201, 200).argv("[celeryd: w@h:ForkPoolWorker-1]")))
                .isTrue();
        assertThat(isPool(row(201, 200).argv("[celeryd: w@h:ForkPoolWorker-1]").exe("/bin/other")))
                .isFalse();
        assertThat(isPool(row(201, 200).argv("[celeryd: w@h:MainProcess] (worker)")))
                .isFalse();
    }

    /** {@code -B}: the scheduler is a child of the main process, whatever the pool. */
    @ParameterizedTest
    @ValueSource(strings = {"prefork", "solo", "threads", "gevent", "eventlet"})
    void the_embedded_scheduler_is_known_by_its_title(String pool) {
        assertThat(isOnRoll(row(201, 200).argv("[celery beat]", "", ""), pool)).isTrue();
        assertThat(isOnRoll(row(201, 200).argv("[celery beat]").exe("/bin/other"), pool))
                .isFalse();
        assertThat(isOnRoll(row(201, 202).argv("[celery beat]"), pool)).isFalse();
        assertThat(isOnRoll(row(201, 200).argv("[celery beat] -A shop beat"), pool))
                .isFalse();
    }

    @Test
    void a_scheduler_has_none_embedded() {
        assertThat(isOnRoll(row(201, 200).argv("[celery beat]"), "beat")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"solo", "threads", "gevent", "eventlet"})
    void are_nobody_where_tasks_run_inside_the_main_process(String pool) {
        assertThat(PoolProcesses.of(MAIN, pool, List.of(worker(201, 200).entry())))
                .isEmpty();
    }

    @Test
    void are_not_in_a_group_and_a_session_of_their_own() {
        assertThat(isPool(worker(201, 200).group(201))).isTrue();
        assertThat(isPool(worker(201, 200).leads())).isFalse();
    }

    private static boolean isPool(Host.Row child) {
        return isOnRoll(child, "prefork");
    }

    private static boolean isOnRoll(Host.Row child, String pool) {
        return !PoolProcesses.of(MAIN, pool, List.of(child.entry())).isEmpty();
    }
}
