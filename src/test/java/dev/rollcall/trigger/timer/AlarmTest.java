package dev.rollcall.trigger.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A timer on a clock that is set by hand; an engine that is down is one that nobody asks to look. */
class AlarmTest {
    private OneTimer one;

    @BeforeEach
    void begin(@TempDir Path state) throws IOException {
        one = new OneTimer(state);
        one.start();
    }

    @Test
    void a_firing_asks_under_its_name_and_its_time() throws Exception {
        one.look("2026-11-24T03:29:59Z");
        assertThat(one.intake.asked).isEmpty();
        one.look("2026-11-24T03:30:00.012Z");
        assertThat(one.intake.asked)
                .containsExactly(new Ask(
                        Map.of("target", "default", "kill_grace", "5s"),
                        "timer:nightly",
                        Optional.of("timer:nightly@2026-11-24T03:30:00Z")));
    }

    @Test
    void however_often_it_is_looked_at_it_fires_once() {
        Stream.of("03:30:00", "03:30:00.4", "03:30:10", "03:31:00", "12:00:00")
                .forEach(time -> one.look("2026-11-24T" + time + "Z"));
        one.look("2026-11-25T03:30:00Z");
        assertThat(one.intake.asked)
                .extracting(a -> a.key().orElseThrow())
                .containsExactly(OneTimer.key("24"), OneTimer.key("25"));
    }

    @Test
    void what_was_missed_while_the_engine_was_down_happens_once() throws IOException {
        one.look("2026-11-24T03:30:00Z");
        one.clock.set("2026-11-28T12:00:00Z");
        one.start();
        one.start();
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"), OneTimer.key("28"));
        assertThat(one.intake.asked).hasSize(2);
    }

    @Test
    void or_not_at_all_if_that_is_said_and_the_record_tells() throws IOException {
        one.timer = OneTimer.timer(OneTimer.HALF_PAST_THREE, "UTC", false);
        one.clock.set("2026-11-24T03:30:01Z");
        one.start();
        assertThat(one.intake.asked).isEmpty();
        assertThat(one.record().declined()).singleElement().satisfies(d -> {
            assertThat(d.code()).isEqualTo("MISSED");
            assertThat(d.scheduled()).isEqualTo(Instant.parse("2026-11-24T03:30:00Z"));
        });
        one.look("2026-11-25T03:30:00Z");
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("25"));
    }

    @Test
    void a_new_timer_does_not_fire_for_the_past() throws IOException {
        Files.delete(one.state.resolve("timers/nightly"));
        one.clock.set("2026-11-24T03:30:01Z");
        one.start();
        assertThat(one.intake.asked).isEmpty();
    }

    @Test
    void a_timer_that_was_new_while_the_engine_was_up_and_rang_while_it_was_down_was_missed() throws IOException {
        one.clock.set("2026-11-24T03:30:01Z");
        one.start();
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 15 3 * * ?|UTC", "0 30 3 * * ?|Asia/Shanghai"})
    void a_timer_that_was_changed_does_not_fire_for_the_past(String changed) throws IOException {
        one.timer = OneTimer.timer(changed.split("\\|")[0], changed.split("\\|")[1], true);
        one.clock.set("2026-11-26T12:00:00Z");
        one.start();
        assertThat(one.intake.asked).isEmpty();
    }

    @Test
    void one_whose_request_was_changed_is_the_same_timer() throws Exception {
        one.timer = new Timer(
                "nightly",
                OneTimer.HALF_PAST_THREE,
                ZoneId.of("UTC"),
                true,
                OptionSet.of(Map.of("target", "shop"), "test"));
        one.clock.set("2026-11-24T12:00:00Z");
        one.start();
        assertThat(one.intake.asked).extracting(Ask::options).containsExactly(Map.of("target", "shop"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BLACKOUT", "BAD_REQUEST", "UNKNOWN_TARGET", "KEY_REUSED"})
    void a_firing_that_is_declined_counts_as_dealt_with_and_is_on_record(Answer.Why why) throws IOException {
        one.intake.declines = Optional.of(why);
        one.look("2026-11-24T03:30:00Z");
        one.look("2026-11-24T03:30:10Z");
        one.start();
        assertThat(one.intake.asked).hasSize(1);
        assertThat(one.record().declined())
                .containsExactly(new Dealt.Firing(
                        Instant.parse("2026-11-24T03:30:00Z"),
                        Instant.parse("2026-11-24T03:30:00Z"),
                        null,
                        why.name(),
                        "not now; later"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "NOT_WRITABLE"})
    void what_cannot_be_taken_for_now_is_asked_again(Answer.Why why) throws IOException {
        one.intake.declines = Optional.of(why);
        one.look("2026-11-24T03:30:00Z");
        one.look("2026-11-24T03:30:10Z");
        assertThat(one.record().last()).isNull();
        one.intake.declines = Optional.empty();
        one.clock.set("2026-11-24T04:00:00Z");
        one.start();
        assertThat(one.intake.keys()).containsExactly(OneTimer.key("24"));
    }
}
