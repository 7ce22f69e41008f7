package dev.rollcall.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.CronExpression;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // an ordinary night
                "0 30 3 * * ?|Asia/Shanghai|2026-11-24T12:00:00Z|2026-11-24T19:30:00Z 2026-11-25T19:30:00Z",
                // 02:30 does not exist: as much later
                "0 30 2 * * ?|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                // and is no second firing where there is one at that time anyway
                "0 30 2,3 * * ?|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                // 02:30 is there twice: the second time
                "0 30 2 * * ?|Europe/Berlin|2026-10-24T12:00:00Z|2026-10-25T01:30:00Z 2026-10-26T01:30:00Z",
                "0 30 1 * * ?|America/New_York|2026-10-31T12:00:00Z|2026-11-01T06:30:00Z 2026-11-02T06:30:00Z",
                // midnight does not exist
                "0 0 0 * * ?|Africa/Cairo|2026-04-23T12:00:00Z|2026-04-23T22:00:00Z 2026-04-24T21:00:00Z",
                "0 15 0 * * ?|America/Santiago|2026-09-05T12:00:00Z|2026-09-06T04:15:00Z 2026-09-07T03:15:00Z",
                // half an hour is left out
                "0 15 2 * * ?|Australia/Lord_Howe|2026-10-03T00:00:00Z|2026-10-03T15:45:00Z 2026-10-04T15:15:00Z",
                // the last of its kind is left out
                "0 30 2 29 3 ? 2026|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:30:00Z",
                "0 0 0 31 2 ?|UTC|2026-01-01T00:00:00Z|''",
                "0 0 3 ? * 2#1|+08:00|2026-11-24T00:00:00Z|2026-12-06T19:00:00Z",
            })
    void firings(String cron, String zone, String after, String expected) {
        Schedule schedule = new Schedule(cron, ZoneId.of(zone));
        List<Instant> wanted = Arrays.stream(expected.split(" "))
                .filter(s -> !s.isEmpty())
                .map(Instant::parse)
                .toList();
        assertThat(Stream.iterate(
                                schedule.next(Instant.parse(after)),
                                n -> n.isPresent(),
                                n -> schedule.next(n.orElseThrow()))
                        .limit(Math.max(1, wanted.size()))
                        .map(n -> n.orElseThrow()))
                .containsExactlyElementsOf(wanted);
    }

    static Stream<Arguments> around() {
        List<String> crons = List.of(
                "0 30 2 * * ?",
                "0 0/7 * * * ?",
                "0 0 0 * * ?",
                "0 0/30 0-3 * * ?",
                "0 59 1,2,3 * * ?",
                "0 0 1/2 ? * SUN");
        List<String> places = List.of(
                "Europe/Berlin 2026-03-29",
                "Europe/Berlin 2026-10-25",
                "America/New_York 2026-11-01",
                "Africa/Cairo 2026-04-24",
                "Africa/Cairo 2026-10-30",
                "America/Santiago 2026-09-06",
                "Australia/Lord_Howe 2026-10-04",
                "Australia/Lord_Howe 2027-04-04",
                "Pacific/Apia 2011-12-30",
                "Asia/Shanghai 2026-11-24");
        return crons.stream().flatMap(c -> places.stream().map(p -> Arguments.of(c, p.split(" ")[0], p.split(" ")[1])));
    }

    /** By looking at every minute that a clock on the wall could show, whether it exists or not. */
    @ParameterizedTest
    @MethodSource("around")
    void every_time_of_the_wall_fires_once_around_a_change(String cron, String zone, String day) throws Exception {
        ZoneId place = ZoneId.of(zone);
        CronExpression wall = new CronExpression(cron);
        wall.setTimeZone(TimeZone.getTimeZone("UTC"));
        LocalDateTime begin = LocalDateTime.parse(day + "T00:00").minusDays(2);
        TreeSet<Instant> expected = new TreeSet<>();
        for (LocalDateTime time = begin; time.isBefore(begin.plusDays(5)); time = time.plusMinutes(1)) {
            if (wall.isSatisfiedBy(Date.from(time.toInstant(ZoneOffset.UTC)))) {
                expected.add(ZonedDateTime.ofLocal(time, place, null)
                        .withLaterOffsetAtOverlap()
                        .toInstant());
            }
        }
        Instant first = begin.minusSeconds(1).atZone(place).toInstant();
        Instant end = begin.plusDays(4).atZone(place).toInstant();
        Schedule schedule = new Schedule(cron, place);
        List<Instant> firings = new ArrayList<>();
        for (Instant at = schedule.next(first).orElseThrow();
                at.isBefore(end);
                at = schedule.next(at).orElseThrow()) {
            firings.add(at);
        }
        assertThat(firings).containsExactlyElementsOf(expected.headSet(end));
    }

    @ParameterizedTest
    @CsvSource({
        "0 30 3 * * ?,   2026-11-20T03:30:00Z, 2026-11-24T03:29:59Z, 2026-11-23T03:30:00Z",
        "0 30 3 * * ?,   2026-11-23T03:30:00Z, 2026-11-24T03:29:59Z, ",
        "0 30 3 * * ?,   2026-11-23T03:30:00Z, 2026-11-24T03:30:00Z, 2026-11-24T03:30:00Z",
        "0 30 3 * * ?,   2026-11-23T03:29:59Z, 2026-11-23T03:30:00.5Z, 2026-11-23T03:30:00Z",
        "0 0 0 29 2 ?,   2017-01-01T00:00:00Z, 2026-11-24T00:00:00Z, 2024-02-29T00:00:00Z",
        "* * * * * ?,    2016-01-01T00:00:00Z, 2026-11-24T00:00:00Z, 2026-11-24T00:00:00Z",
        "* * 9 1 1 ?,    2016-01-01T00:00:00Z, 2026-11-24T00:00:00Z, 2026-01-01T09:59:59Z",
    })
    void the_latest_firing_of_a_time(String cron, Instant since, Instant now, Instant latest) {
        Schedule schedule = new Schedule(cron, ZoneOffset.UTC);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(schedule.latest(since, now).orElse(null)).isEqualTo(latest));
    }

    @Test
    void nothing_lies_between_a_moment_and_an_earlier_one() {
        Schedule schedule = new Schedule("* * * * * ?", ZoneOffset.UTC);
        Instant now = Instant.parse("2026-11-24T00:00:00Z");
        assertThat(schedule.latest(now.plusSeconds(9), now)).isEmpty();
    }
}
