package dev.rollcall.calendar;

import java.text.ParseException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.quartz.CronExpression;

/**
 * Which seconds on a wall clock a cron expression matches. Quartz reads it, and is asked as if every day had 24 hours: it leaves out what summer time leaves out, and
 * half of what it repeats; what becomes of those is decided by who knows the zone.
 */
final class Cron {
    private static final int LAST_YEAR = 2999;

    private final CronExpression expression;
    /** What each of the first three fields allows. */
    private final List<Set<Integer>> clock;

    /** @param text that the configuration has been checked for */
    Cron(String text) {
        try {
            expression = new CronExpression(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no cron expression: " + text, e);
        }
        expression.setTimeZone(TimeZone.getTimeZone("UTC"));
        List<String> fields = expression.getExpressionSummary().lines().limit(3).toList();
        clock = List.of(numbers(fields.get(0), 60), numbers(fields.get(1), 60), numbers(fields.get(2), 24));
    }

    /** Quartz's own account of a field: {@code hours: 8,9,10}, or a star. */
    private static Set<Integer> numbers(String field, int size) {
        String list = field.substring(field.indexOf(':') + 1).strip();
        return list.equals("*")
                ? IntStream.range(0, size).boxed().collect(Collectors.toSet())
                : Arrays.stream(list.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    boolean matches(LocalDateTime time) {
        return expression.isSatisfiedBy(Date.from(time.toInstant(ZoneOffset.UTC)));
    }

    /** The first match after this second. */
    Optional<LocalDateTime> next(LocalDateTime time) {
        if (time.getYear() > LAST_YEAR) {
            return Optional.empty();
        }
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(time.toInstant(ZoneOffset.UTC))))
                .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
    }

    /**
     * The first second from this one on that does not match, or {@code limit} if that comes first. Where a field allows everything the next larger one decides for
     * its whole minute, hour or day, so that a window of years costs a look a day.
     */
    LocalDateTime end(LocalDateTime match, LocalDateTime limit) {
        LocalDateTime time = match;
        while (time.isBefore(limit) && matches(time)) {
            time = skip(time);
        }
        return time.isBefore(limit) ? time : limit;
    }

    private LocalDateTime skip(LocalDateTime time) {
        if (clock.get(0).size() < 60) {
            return time.plusSeconds(1);
        }
        if (clock.get(1).size() < 60) {
            return time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        return clock.get(2).size() < 24
                ? time.truncatedTo(ChronoUnit.HOURS).plusHours(1)
                : time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
    }
}
