package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostCommandTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Spawner spawner = new Spawner();

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void an_answer_has_exit_code_and_words_and_nothing_of_our_environment() {
        HostCommand.Answer answer = HostCommand.run(List.of("/bin/sh", "-c", "echo $HOME-$LC_ALL; exit 3"), LONG);
        assertThat(answer).isEqualTo(new HostCommand.Answer(3, "-C\n"));
    }

    @Test
    void a_program_that_is_not_there_gives_no_answer() {
        assertThat(HostCommand.run(List.of("/no/such/program"), LONG)).isEqualTo(HostCommand.Answer.NONE);
    }

    @Test
    void a_silent_program_is_not_waited_for() {
        HostCommand.Answer answer = HostCommand.run(List.of("/bin/sleep", "600"), Duration.ofMillis(50));
        assertThat(answer).isEqualTo(HostCommand.Answer.NONE);
        ProcessHandle.current().children().map(ProcessHandle::pid).forEach(spawner::adopt);
    }

    @Test
    void an_interrupt_waits_for_the_answer_and_is_not_lost() {
        Thread.currentThread().interrupt();
        assertThat(HostCommand.run(List.of("/bin/echo", "x"), LONG).out()).isEqualTo("x\n");
        assertThat(Thread.interrupted()).isTrue();
    }
}
