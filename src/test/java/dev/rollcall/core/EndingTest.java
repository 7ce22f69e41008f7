package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {
    /** One that took until the end of supervisord's patience was cut short by that. */
    @ParameterizedTest
    @CsvSource({"1600, false", "5000, false", "5001, true", "8499, true", "8500, false"})
    void a_cold_stop_that_took_three_times_as_long_as_they_do_may_have_waited_for_tasks(long silence, boolean waited) {
        assertThat(new Ending(false, true, Duration.ofMillis(silence), Duration.ofSeconds(10)).mayHaveWaited())
                .isEqualTo(waited);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false,     0, false",
        "false, false,  8499, false",
        "false, false,  8500, true",
        "false, false, 60000, true",
        "true,  false,     0, true",
        "false, true,      0, true",
    })
    void tasks_are_cut_by_a_kill_a_cold_stop_or_the_end_of_supervisords_patience_of_10_seconds(
            boolean killed, boolean cold, long silence, boolean cut) {
        assertThat(new Ending(killed, cold, Duration.ofMillis(silence), Duration.ofSeconds(10)).cutTasks())
                .isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, '', false",
        "TERM, SIGQUIT, true",
        "TERM, SIGINT, false",
        "INT, SIGQUIT, false",
        "QUIT, '', true",
        "KILL, '', true",
        "HUP, '', false",
    })
    void a_stop_is_cold_by_its_signal(String signal, String remap, boolean cold) {
        assertThat(Ending.isCold(signal, remap)).isEqualTo(cold);
    }

    @Test
    void a_task_that_the_broker_has_forgotten_is_lost_and_any_other_comes_again() {
        Ending ending = new Ending(true, false, Duration.ZERO, Duration.ZERO);
        Task lost = new Task("t", "app.task", 7, null, true, "q");
        Task again = new Task("t", "app.task", 7, null, false, "q");
        assertThat(ending.fateOf(lost)).isEqualTo(InterruptedTask.Fate.LOST);
        assertThat(ending.fateOf(again)).isEqualTo(InterruptedTask.Fate.REDELIVERED);
        assertThat(InterruptedTask.of(lost, InterruptedTask.Fate.LOST))
                .isEqualTo(new InterruptedTask("t", "app.task", 7, "q", InterruptedTask.Fate.LOST));
    }
}
