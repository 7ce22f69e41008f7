package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopBudgetTest {
    @Test
    void groups_stop_one_after_the_other_and_the_programs_of_a_group_together() {
        List<Program> programs = List.of(
                program("a", "a", "RUNNING", 1, 3),
                program("b", "b", "RUNNING", 2, 4),
                program("c1", "c", "RUNNING", 3, 5),
                program("c2", "c", "RUNNING", 4, 60));
        assertThat(StopBudget.of(programs)).isEqualTo(Duration.ofSeconds(10 + (3 + 2) + (4 + 2) + (60 + 2)));
    }

    @Test
    void with_nothing_to_stop_the_margin_is_left() {
        assertThat(StopBudget.of(List.of())).isEqualTo(Duration.ofSeconds(10));
    }

    /** People write 999999999 for "as long as it takes"; what waits counts in nanoseconds, of which a long holds 292 years. */
    @Test
    void it_is_never_more_than_can_be_waited_for_and_never_less_than_nothing() {
        List<Program> patient = IntStream.range(0, 20)
                .mapToObj(i -> program("p" + i, "g" + i, "RUNNING", 7, Integer.MAX_VALUE))
                .toList();
        assertThat(StopBudget.of(patient).plusSeconds(30).toNanos()).isPositive();
        assertThat(StopBudget.of(List.of(program("a", "a", "RUNNING", 7, -Integer.MAX_VALUE))))
                .isEqualTo(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, 7, 15",
        "STOPPING, 7, 15",
        "STARTING, 0, 15",
        "BACKOFF, 0, 15",
        "RUNNING, 0, 15",
        "STOPPED, 0, 10",
        "EXITED, 0, 10",
        "FATAL, 0, 10",
    })
    void a_program_counts_if_it_has_a_process_or_will_have_one_soon(String state, long pid, long seconds) {
        assertThat(StopBudget.of(List.of(program("a", "a", state, pid, 3)))).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static Program program(String name, String group, String state, long pid, int stopWait) {
        return new Program(name, group, state, pid, true, stopWait, "TERM", false, false, 999, "x");
    }
}
