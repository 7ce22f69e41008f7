package dev.rollcall.trigger.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks are put forward and back, by law or by mistake, and machines sleep. */
class AlarmClockTest {
    private OneTimer one;

    @BeforeEach
    void begin(@TempDir Path state) throws IOException {
        one = new OneTimer(state);
        one.start();
    }

    @Test
    void an_engine_that_was_suspended_over_several_firings_fires_once() {
        one.look("2026-11-24T03:00:10Z");
        one.look("2026-11-27T03:30:30Z");
        one.look("2026-11-27T03:30:40Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("27"));
    }

    @Test
    void suspended_for_longer_than_a_minute_skip_does_not_fire() throws IOException {
        one.timer = OneTimer.timer(OneTimer.HALF_PAST_THREE, "UTC", false);
        one.start();
        one.look("2026-11-27T03:31:01Z");
        assertThat(one.intake.asked).isEmpty();
        assertThat(one.record().last().code()).isEqualTo("MISSED");
        one.look("2026-11-28T03:30:59Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("28"));
    }

    @Test
    void a_clock_that_is_set_back_a_little_repeats_nothing() {
        one.look("2026-11-24T03:30:00.001Z");
        one.look("2026-11-24T03:29:59.900Z");
        one.look("2026-11-24T03:30:00Z");
        one.look("2026-11-24T03:20:00Z");
        one.look("2026-11-24T03:30:00Z");
        assertThat(one.intake.asked).hasSize(1);
        one.look("2026-11-25T03:30:00Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"), OneTimer.key("25"));
    }

    @Test
    void a_clock_that_was_years_ahead_and_is_set_right_goes_on_with_the_next_firing() throws IOException {
        one.look("2031-05-01T12:00:00Z");
        assertThat(one.intake.keys()).containsExactly("timer:nightly@2031-05-01T03:30:00Z");
        one.look("2026-11-24T12:00:00Z");
        one.start();
        assertThat(one.intake.asked).hasSize(1);
        one.look("2026-11-25T03:30:00Z");
        assertThat(one.intake.keys()).hasSize(2).contains(OneTimer.key("25"));
    }

    @Test
    void an_engine_that_starts_with_a_clock_that_was_set_back_fires_for_nothing_in_the_past() throws IOException {
        one.look("2026-11-24T03:30:00Z");
        one.clock.set("1970-01-01T00:00:10Z");
        one.start();
        assertThat(one.intake.asked).hasSize(1);
        // and when the clock is set, what is due then happens once
        one.look("2026-11-25T12:00:00Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"), OneTimer.key("25"));
    }

    @Test
    void a_firing_in_the_hour_that_does_not_exist_happens_as_much_later() throws IOException {
        one.timer = OneTimer.timer("0 30 2 * * ?", "Europe/Berlin", true);
        one.clock.set("2026-03-28T12:00:00Z");
        one.start();
        one.look("2026-03-29T01:29:59Z");
        assertThat(one.intake.asked).isEmpty();
        one.look("2026-03-29T01:30:00Z");
        one.look("2026-03-29T12:00:00Z");
        assertThat(one.intake.keys()).containsExactly("timer:nightly@2026-03-29T01:30:00Z");
    }

    @Test
    void a_firing_in_the_hour_that_is_there_twice_happens_once() throws IOException {
        one.timer = OneTimer.timer("0 30 2 * * ?", "Europe/Berlin", true);
        one.clock.set("2026-10-24T12:00:00Z");
        one.start();
        for (int minutes = 0; minutes < 24 * 60; minutes++) {
            one.clock.pass(Duration.ofMinutes(1));
            one.alarm.look(one.clock.instant(), false);
        }
        assertThat(one.intake.asked)
                .extracting(a -> a.key().orElseThrow())
                .containsExactly("timer:nightly@2026-10-25T01:30:00Z");
    }

    @Test
    void a_midnight_that_does_not_exist_is_not_lost() throws IOException {
        one.timer = OneTimer.timer("0 0 0 * * ?", "Africa/Cairo", true);
        one.clock.set("2026-04-23T12:00:00Z");
        one.start();
        one.look("2026-04-23T22:00:05Z");
        assertThat(one.intake.keys()).containsExactly("timer:nightly@2026-04-23T22:00:00Z");
    }
}
