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

    @ParameterizedTest
    @ValueSource(strings = {"solo", "threads", "gevent", "eventlet"})
    void are_nobody_where_tasks_run_inside_the_main_process(String pool) {
        assertThat(PoolProcesses.of(MAIN, pool, List.of(worker(201, 200).entry())))
                .isEmpty();
    }

    private static boolean isPool(Host.Row child) {
        return !PoolProcesses.of(MAIN, "prefork", List.of(child.entry())).isEmpty();
    }
}
