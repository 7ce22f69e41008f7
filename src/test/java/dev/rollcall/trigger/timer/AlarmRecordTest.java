package dev.rollcall.trigger.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.trigger.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on disk of a timer, and what if it is not. */
class AlarmRecordTest {
    private OneTimer one;

    @BeforeEach
    void begin(@TempDir Path state) throws IOException {
        one = new OneTimer(state);
        one.start();
    }

    @Test
    void a_crash_between_answer_and_record_leads_to_the_same_run() throws IOException {
        byte[] before = Files.readAllBytes(one.state.resolve("timers/nightly"));
        one.look("2026-11-24T03:30:00Z");
        Files.write(one.state.resolve("timers/nightly"), before);
        one.clock.pass(Duration.ofSeconds(20));
        one.start();
        assertThat(one.intake.asked).hasSize(2);
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"));
        assertThat(one.record().last().runId()).isEqualTo("run-1");
    }

    @Test
    void the_latest_twenty_that_were_declined_are_kept_whatever_happens_later() throws IOException {
        one.intake.declines = Optional.of(Answer.Why.BLACKOUT);
        for (int day = 1; day <= 25; day++) {
            one.look(String.format("2026-12-%02dT03:30:00Z", day));
        }
        one.intake.declines = Optional.empty();
        one.look("2026-12-26T03:30:00Z");
        assertThat(one.record().declined()).hasSize(20);
        assertThat(one.record().declined().get(19).scheduled()).isEqualTo(Instant.parse("2026-12-25T03:30:00Z"));
        assertThat(one.record().last().runId()).isEqualTo("run-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"cron\": \"0 30 3 * * ?\"}", "[]"})
    void a_damaged_record_is_that_of_a_new_timer(String text) throws IOException {
        Files.writeString(one.state.resolve("timers/nightly"), text);
        one.clock.set("2026-11-24T12:00:00Z");
        one.start();
        assertThat(one.intake.asked).isEmpty();
        one.look("2026-11-25T03:30:00Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("25"));
    }

    @Test
    void a_record_that_cannot_be_written_repeats_nothing_while_the_engine_runs() throws IOException {
        Path folder = one.state.resolve("timers");
        Files.delete(folder.resolve("nightly"));
        Files.delete(folder);
        one.look("2026-11-24T03:30:00Z");
        one.look("2026-11-24T03:30:10Z");
        assertThat(one.intake.asked).hasSize(1);
    }

    @Test
    void the_record_is_its_owners_alone() throws IOException {
        one.look("2026-11-24T03:30:00Z");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.state.resolve("timers"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.state.resolve("timers/nightly"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(one.state.resolve("timers"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_timer_that_was_taken_out_and_comes_back_is_a_new_one() throws IOException {
        new TimerFolder(one.state).open(Set.of("other"));
        one.clock.set("2026-11-24T12:00:00Z");
        one.start();
        assertThat(one.intake.asked).isEmpty();
    }
}
