package dev.rollcall.trigger.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.config.UsageException;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A timer on a clock that is set by hand; an engine that is down is one that nobody asks to look. */
class AlarmTest {
    private static final String HALF_PAST_THREE = "0 30 3 * * ?";

    @TempDir
    private Path state;

    private final FakeIntake intake = new FakeIntake();
    private final HandClock clock = new HandClock("2026-11-24T03:00:00Z");
    private Timer timer = timer(HALF_PAST_THREE, "UTC", true);
    private Alarm alarm;

    @BeforeEach
    void begin() throws IOException {
        start();
    }

    @Test
    void a_firing_asks_under_its_name_and_its_time() throws Exception {
        look("2026-11-24T03:29:59Z");
        assertThat(intake.asked).isEmpty();
        look("2026-11-24T03:30:00.012Z");
        assertThat(intake.asked)
                .containsExactly(new Ask(
                        Map.of("target", "default", "kill_grace", "5s"),
                        "timer:nightly",
                        Optional.of("timer:nightly@2026-11-24T03:30:00Z")));
    }

    @Test
    void however_often_it_is_looked_at_it_fires_once() {
        Stream.of("03:30:00", "03:30:00.4", "03:30:10", "03:31:00", "12:00:00")
                .forEach(time -> look("2026-11-24T" + time + "Z"));
        look("2026-11-25T03:30:00Z");
        assertThat(intake.asked).extracting(a -> a.key().orElseThrow()).containsExactly(key("24"), key("25"));
    }

    @Test
    void what_was_missed_while_the_engine_was_down_happens_once() throws IOException {
        look("2026-11-24T03:30:00Z");
        clock.set("2026-11-28T12:00:00Z");
        start();
        start();
        assertThat(intake.keys()).containsExactly(key("24"), key("28"));
        assertThat(intake.asked).hasSize(2);
    }

    @Test
    void or_not_at_all_if_that_is_said_and_the_record_tells() throws IOException {
        timer = timer(HALF_PAST_THREE, "UTC", false);
        clock.set("2026-11-24T03:30:01Z");
        start();
        assertThat(intake.asked).isEmpty();
        assertThat(record().declined()).singleElement().satisfies(d -> {
            assertThat(d.code()).isEqualTo("MISSED");
            assertThat(d.scheduled()).isEqualTo(Instant.parse("2026-11-24T03:30:00Z"));
        });
        look("2026-11-25T03:30:00Z");
        assertThat(intake.keys()).containsExactly(key("25"));
    }

    @Test
    void a_new_timer_does_not_fire_for_the_past() throws IOException {
        Files.delete(state.resolve("timers/nightly"));
        clock.set("2026-11-24T03:30:01Z");
        start();
        assertThat(intake.asked).isEmpty();
    }

    @Test
    void a_timer_that_was_new_while_the_engine_was_up_and_rang_while_it_was_down_was_missed() throws IOException {
        clock.set("2026-11-24T03:30:01Z");
        start();
        assertThat(intake.keys()).containsExactly(key("24"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 15 3 * * ?|UTC", "0 30 3 * * ?|Asia/Shanghai"})
    void a_timer_that_was_changed_does_not_fire_for_the_past(String changed) throws IOException {
        timer = timer(changed.split("\\|")[0], changed.split("\\|")[1], true);
        clock.set("2026-11-26T12:00:00Z");
        start();
        assertThat(intake.asked).isEmpty();
    }

    @Test
    void one_whose_request_was_changed_is_the_same_timer() throws Exception {
        timer = new Timer(
                "nightly", HALF_PAST_THREE, ZoneId.of("UTC"), true, OptionSet.of(Map.of("target", "shop"), "test"));
        clock.set("2026-11-24T12:00:00Z");
        start();
        assertThat(intake.asked).extracting(Ask::options).containsExactly(Map.of("target", "shop"));
    }

    @Test
    void an_engine_that_was_suspended_over_several_firings_fires_once() {
        look("2026-11-24T03:00:10Z");
        look("2026-11-27T03:30:30Z");
        look("2026-11-27T03:30:40Z");
        assertThat(intake.keys()).containsExactly(key("27"));
    }

    @Test
    void suspended_for_longer_than_a_minute_skip_does_not_fire() throws IOException {
        timer = timer(HALF_PAST_THREE, "UTC", false);
        start();
        look("2026-11-27T03:31:01Z");
        assertThat(intake.asked).isEmpty();
        assertThat(record().last().code()).isEqualTo("MISSED");
        look("2026-11-28T03:30:59Z");
        assertThat(intake.keys()).containsExactly(key("28"));
    }

    @Test
    void a_crash_between_answer_and_record_leads_to_the_same_run() throws IOException {
        byte[] before = Files.readAllBytes(state.resolve("timers/nightly"));
        look("2026-11-24T03:30:00Z");
        Files.write(state.resolve("timers/nightly"), before);
        clock.pass(Duration.ofSeconds(20));
        start();
        assertThat(intake.asked).hasSize(2);
        assertThat(intake.keys()).containsExactly(key("24"));
        assertThat(record().last().runId()).isEqualTo("run-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"BLACKOUT", "BAD_REQUEST", "UNKNOWN_TARGET", "KEY_REUSED"})
    void a_firing_that_is_declined_counts_as_dealt_with_and_is_on_record(Answer.Why why) throws IOException {
        intake.declines = Optional.of(why);
        look("2026-11-24T03:30:00Z");
        look("2026-11-24T03:30:10Z");
        start();
        assertThat(intake.asked).hasSize(1);
        assertThat(record().declined())
                .containsExactly(new Dealt.Firing(
                        Instant.parse("2026-11-24T03:30:00Z"),
                        Instant.parse("2026-11-24T03:30:00Z"),
                        null,
                        why.name(),
                        "not now; later"));
    }

    @Test
    void the_latest_twenty_that_were_declined_are_kept_whatever_happens_later() throws IOException {
        intake.declines = Optional.of(Answer.Why.BLACKOUT);
        for (int day = 1; day <= 25; day++) {
            look(String.format("2026-12-%02dT03:30:00Z", day));
        }
        intake.declines = Optional.empty();
        look("2026-12-26T03:30:00Z");
        assertThat(record().declined()).hasSize(20);
        assertThat(record().declined().get(19).scheduled()).isEqualTo(Instant.parse("2026-12-25T03:30:00Z"));
        assertThat(record().last().runId()).isEqualTo("run-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "NOT_WRITABLE"})
    void what_cannot_be_taken_for_now_is_asked_again(Answer.Why why) throws IOException {
        intake.declines = Optional.of(why);
        look("2026-11-24T03:30:00Z");
        look("2026-11-24T03:30:10Z");
        assertThat(record().last()).isNull();
        intake.declines = Optional.empty();
        clock.set("2026-11-24T04:00:00Z");
        start();
        assertThat(intake.keys()).containsExactly(key("24"));
    }

    @Test
    void a_clock_that_is_set_back_a_little_repeats_nothing() {
        look("2026-11-24T03:30:00.001Z");
        look("2026-11-24T03:29:59.900Z");
        look("2026-11-24T03:30:00Z");
        look("2026-11-24T03:20:00Z");
        look("2026-11-24T03:30:00Z");
        assertThat(intake.asked).hasSize(1);
        look("2026-11-25T03:30:00Z");
        assertThat(intake.keys()).containsExactly(key("24"), key("25"));
    }

    @Test
    void a_clock_that_was_years_ahead_and_is_set_right_goes_on_with_the_next_firing() throws IOException {
        look("2031-05-01T12:00:00Z");
        assertThat(intake.keys()).containsExactly("timer:nightly@2031-05-01T03:30:00Z");
        look("2026-11-24T12:00:00Z");
        start();
        assertThat(intake.asked).hasSize(1);
        look("2026-11-25T03:30:00Z");
        assertThat(intake.keys()).hasSize(2).contains(key("25"));
    }

    @Test
    void an_engine_that_starts_with_a_clock_that_was_set_back_fires_for_nothing_in_the_past() throws IOException {
        look("2026-11-24T03:30:00Z");
        clock.set("1970-01-01T00:00:10Z");
        start();
        assertThat(intake.asked).hasSize(1);
        // and when the clock is set, what is due then happens once
        look("2026-11-25T12:00:00Z");
        assertThat(intake.keys()).containsExactly(key("24"), key("25"));
    }

    @Test
    void a_firing_in_the_hour_that_does_not_exist_happens_as_much_later() throws IOException {
        timer = timer("0 30 2 * * ?", "Europe/Berlin", true);
        clock.set("2026-03-28T12:00:00Z");
        start();
        look("2026-03-29T01:29:59Z");
        assertThat(intake.asked).isEmpty();
        look("2026-03-29T01:30:00Z");
        look("2026-03-29T12:00:00Z");
        assertThat(intake.keys()).containsExactly("timer:nightly@2026-03-29T01:30:00Z");
    }

    @Test
    void a_firing_in_the_hour_that_is_there_twice_happens_once() throws IOException {
        timer = timer("0 30 2 * * ?", "Europe/Berlin", true);
        clock.set("2026-10-24T12:00:00Z");
        start();
        for (int minutes = 0; minutes < 24 * 60; minutes++) {
            clock.pass(Duration.ofMinutes(1));
            alarm.look(clock.instant(), false);
        }
        assertThat(intake.asked)
                .extracting(a -> a.key().orElseThrow())
                .containsExactly("timer:nightly@2026-10-25T01:30:00Z");
    }

    @Test
    void a_midnight_that_does_not_exist_is_not_lost() throws IOException {
        timer = timer("0 0 0 * * ?", "Africa/Cairo", true);
        clock.set("2026-04-23T12:00:00Z");
        start();
        look("2026-04-23T22:00:05Z");
        assertThat(intake.keys()).containsExactly("timer:nightly@2026-04-23T22:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"cron\": \"0 30 3 * * ?\"}", "[]"})
    void a_damaged_record_is_that_of_a_new_timer(String text) throws IOException {
        Files.writeString(state.resolve("timers/nightly"), text);
        clock.set("2026-11-24T12:00:00Z");
        start();
        assertThat(intake.asked).isEmpty();
        look("2026-11-25T03:30:00Z");
        assertThat(intake.keys()).containsExactly(key("25"));
    }

    @Test
    void a_record_that_cannot_be_written_repeats_nothing_while_the_engine_runs() throws IOException {
        Path folder = state.resolve("timers");
        Files.delete(folder.resolve("nightly"));
        Files.delete(folder);
        look("2026-11-24T03:30:00Z");
        look("2026-11-24T03:30:10Z");
        assertThat(intake.asked).hasSize(1);
    }

    @Test
    void the_record_is_its_owners_alone() throws IOException {
        look("2026-11-24T03:30:00Z");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("timers"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("timers/nightly"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(state.resolve("timers"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_timer_that_was_taken_out_and_comes_back_is_a_new_one() throws IOException {
        new TimerFolder(state).open(Set.of("other"));
        clock.set("2026-11-24T12:00:00Z");
        start();
        assertThat(intake.asked).isEmpty();
    }

    /** As the engine does it: opened, and looked at for the first time. */
    private void start() throws IOException {
        TimerFolder folder = new TimerFolder(state);
        folder.open(Set.of("nightly"));
        alarm = Alarm.open(timer, intake, folder, clock.instant());
        alarm.look(clock.instant(), true);
    }

    private void look(String time) {
        clock.set(time);
        alarm.look(clock.instant(), false);
    }

    private Dealt record() throws IOException {
        return new TimerFolder(state).read("nightly").orElseThrow();
    }

    private static String key(String day) {
        return "timer:nightly@2026-11-" + day + "T03:30:00Z";
    }

    private static Timer timer(String cron, String zone, boolean once) {
        try {
            return new Timer(
                    "nightly",
                    cron,
                    ZoneId.of(zone),
                    once,
                    OptionSet.of(Map.of("target", "default", "kill_grace", "5s"), "test"));
        } catch (UsageException e) {
            throw new AssertionError(e);
        }
    }

    /** Only to be sure that the list of kinds is whole. */
    @Test
    void every_kind_of_refusal_has_its_test() {
        assertThat(Answer.Why.values())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        Answer.Why.BLACKOUT,
                        Answer.Why.BAD_REQUEST,
                        Answer.Why.UNKNOWN_TARGET,
                        Answer.Why.KEY_REUSED,
                        Answer.Why.STOPPING,
                        Answer.Why.NOT_WRITABLE));
    }
}
