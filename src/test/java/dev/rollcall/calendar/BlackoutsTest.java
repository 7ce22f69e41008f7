package dev.rollcall.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rollcall.config.Blackout;
import dev.rollcall.core.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class BlackoutsTest {
    @ParameterizedTest
    @CsvSource({
        // the last day of November
        "* * * L * ?,                Asia/Shanghai, 2026-11-29T16:00:00Z,    2026-11-30T16:00:00Z",
        "* * * L * ?,                Asia/Shanghai, 2026-11-29T15:59:59.9Z,  ",
        "* * 8-17 ? * MON-FRI,       Europe/Berlin, 2026-11-24T12:34:56.7Z,  2026-11-24T17:00:00Z",
        "* 30-59 22 * * ?,           UTC,           2026-11-24T22:45:10Z,    2026-11-24T23:00:00Z",
        "0-29 * * * * ?,             UTC,           2026-11-24T22:45:10Z,    2026-11-24T22:45:30Z",
        "0 0 8 * * ?,                UTC,           2026-11-24T08:00:00.9Z,  2026-11-24T08:00:01Z",
        "0 0 8 * * ?,                UTC,           2026-11-24T08:00:01Z,    ",
        // over midnight, over the end of a year
        "* * 22-23 * * ?,            UTC,           2026-11-24T22:00:00Z,    2026-11-25T00:00:00Z",
        "* * 20-4 * * ?,             UTC,           2026-12-31T20:00:00Z,    2027-01-01T05:00:00Z",
        "* * * * 11-12 ?,            Europe/Berlin, 2026-11-24T00:00:00Z,    2026-12-31T23:00:00Z",
        "* * * ? * * 2026-2030,      UTC,           2026-11-24T00:00:00Z,    2031-01-01T00:00:00Z",
        "0-59 0-59 0-23 * 11 ?,      UTC,           2026-11-24T00:00:00Z,    2026-12-01T00:00:00Z",
        "*/1 0/1 * * 11 ?,           UTC,           2026-11-24T00:00:00Z,    2026-12-01T00:00:00Z",
        // 02:00 to 03:00 is left out: nothing of it is there
        "* * 2 * * ?,                Europe/Berlin, 2026-03-29T01:00:00Z,    ",
        "* * 1 * * ?,                Europe/Berlin, 2026-03-29T00:30:00Z,    2026-03-29T01:00:00Z",
        "'* * 1,3 * * ?',            Europe/Berlin, 2026-03-29T00:30:00Z,    2026-03-29T02:00:00Z",
        // 02:00 to 03:00 is there twice: both times
        "* * 2 * * ?,                Europe/Berlin, 2026-10-25T00:30:00Z,    2026-10-25T02:00:00Z",
        "* 0-29 2 * * ?,             Europe/Berlin, 2026-10-25T00:10:00Z,    2026-10-25T00:30:00Z",
        "* 0-29 2 * * ?,             Europe/Berlin, 2026-10-25T01:10:00Z,    2026-10-25T01:30:00Z",
    })
    void a_blackout_holds_for_every_second_that_it_matches(String cron, String zone, Instant at, Instant until) {
        Window expected = until == null ? null : new Window("b", until);
        assertThat(blackouts(zone, cron).at(at).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "* * * L * ?,    Asia/Shanghai, 2026-11-24T00:00:00Z, 2026-11-29T16:00:00Z",
        // in one now: the one after it
        "* * * L * ?,    Asia/Shanghai, 2026-11-30T00:00:00Z, 2026-12-30T16:00:00Z",
        "* * 2 * * ?,    Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-30T00:00:00Z",
        "* 0-29 2 * * ?, Europe/Berlin, 2026-10-25T00:10:00Z, 2026-10-25T01:00:00Z",
        "* 30-59 1 * * ?, UTC,          2026-11-24T01:29:59Z, 2026-11-24T01:30:00Z",
        "* * * * * ? 2020, UTC,         2026-11-24T01:29:59Z, ",
    })
    void the_next_window(String cron, String zone, Instant at, Instant begin) {
        assertThat(blackouts(zone, cron).next(at).orElse(null)).isEqualTo(begin);
    }

    @Test
    void windows_that_overlap_or_adjoin_are_one() {
        Blackouts all = new Blackouts(List.of(
                new Blackout("evening", "* * 20-23 * * ?", ZoneOffset.UTC),
                new Blackout("night", "* * 0-3 * * ?", ZoneOffset.UTC),
                new Blackout("short", "* 0-4 22 * * ?", ZoneOffset.UTC),
                new Blackout("early", "* 30-59 3 * * ?", ZoneOffset.UTC)));
        Instant end = Instant.parse("2026-11-25T04:00:00Z");
        assertThat(all.at(Instant.parse("2026-11-24T22:01:00Z"))).contains(new Window("evening", end));
        assertThat(all.at(Instant.parse("2026-11-25T00:00:00Z"))).contains(new Window("night", end));
        assertThat(all.at(end)).isEmpty();
        assertThat(all.next(Instant.parse("2026-11-24T21:00:00Z"))).contains(Instant.parse("2026-11-25T20:00:00Z"));
    }

    @Test
    void what_never_ends_is_said_to_for_ten_years() {
        Instant now = Instant.parse("2026-11-24T00:00:00Z");
        Blackouts forever = blackouts("Europe/Berlin", "* * * * * ?");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(
                        forever.at(now).orElseThrow().until())
                .isBetween(now.plus(3650, ChronoUnit.DAYS), now.plus(3670, ChronoUnit.DAYS)));
    }

    /** Each request asks; looking ten years ahead for each of them is no way to answer five hundred a second. */
    @Test
    void what_was_found_is_not_looked_for_again() {
        Instant now = Instant.parse("2026-11-24T00:00:00Z");
        Blackouts forever = blackouts("UTC", "* * 0-11 * * ?", "* * 12-23 * * ?", "* * * * * ?");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(forever.at(now.plusMillis(i * 1000L)).orElseThrow().until())
                        .isAfter(now.plus(3650, ChronoUnit.DAYS));
            }
        });
        Instant later = now.plus(400, ChronoUnit.DAYS);
        assertThat(forever.at(later).orElseThrow().until()).isAfter(later.plus(3650, ChronoUnit.DAYS));
    }

    @Test
    void and_is_what_would_be_found() {
        List<Blackout> all = List.of(
                new Blackout("evening", "* * 20-23 * * ?", ZoneId.of("Europe/Berlin")),
                new Blackout("short", "* 0-4 22 * * ?", ZoneOffset.UTC),
                new Blackout("seconds", "0-29 * 6,7 * * ?", ZoneOffset.UTC),
                new Blackout("last", "* * * L * ?", ZoneId.of("Asia/Shanghai")));
        Blackouts asked = new Blackouts(all);
        Random random = new Random(11);
        Instant moment = Instant.parse("2026-10-24T00:00:00Z");
        for (int i = 0; i < 2_000; i++) {
            moment = moment.plusMillis(random.nextInt(3_600_000));
            assertThat(asked.at(moment)).as("%s", moment).isEqualTo(new Blackouts(all).at(moment));
        }
    }

    @Test
    void without_blackouts_it_is_always_open() {
        assertThat(new Blackouts(List.of()).at(Instant.EPOCH)).isEmpty();
        assertThat(new Blackouts(List.of()).next(Instant.EPOCH)).isEmpty();
    }

    /** By looking at second after second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * 2 * * ?",
                "* 15-45 1-3 * * ?",
                "10-50 * 0-2 * * ?",
                "* * 23,0-1 * * ?",
                "0/2 59,0 * * * ?",
                "* * * 25,29 * ?",
            })
    void ends_are_where_the_first_second_does_not_match(String cron) throws Exception {
        Random random = new Random(7);
        CronExpression wall = new CronExpression(cron);
        wall.setTimeZone(TimeZone.getTimeZone("UTC"));
        for (String change : List.of("2026-10-25T01:00:00Z", "2026-03-29T01:00:00Z")) {
            ZoneId zone = ZoneId.of("Europe/Berlin");
            Blackouts blackouts = blackouts(zone.getId(), cron);
            for (int turn = 0; turn < 20; turn++) {
                Instant at = Instant.parse(change).plusSeconds(random.nextInt(4 * 3600) - 2 * 3600);
                Instant open = at;
                while (open.isBefore(at.plusSeconds(3 * 3600)) && shows(wall, open, zone)) {
                    open = open.plusSeconds(1);
                }
                Window found = blackouts.at(at).orElse(new Window("", at));
                if (open.isBefore(at.plusSeconds(3 * 3600))) {
                    assertThat(found.until()).as(cron + " at " + at).isEqualTo(open);
                } else {
                    assertThat(found.until()).as(cron + " at " + at).isAfterOrEqualTo(open);
                }
            }
        }
    }

    private static boolean shows(CronExpression wall, Instant moment, ZoneId zone) {
        return wall.isSatisfiedBy(
                Date.from(LocalDateTime.ofInstant(moment, zone).toInstant(ZoneOffset.UTC)));
    }

    private static Blackouts blackouts(String zone, String... crons) {
        return new Blackouts(Arrays.stream(crons)
                .map(cron -> new Blackout("b", cron, ZoneId.of(zone)))
                .toList());
    }
}
