package dev.rollcall.trigger.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * What became of one attempt to send an event.
 *
 * @param words for the log
 * @param notBefore how long the receiver asks to be left alone
 */
public record Receipt(Kind kind, String words, Optional<Duration> notBefore) {
    /** What to do now. */
    public enum Kind {
        DELIVERED,
        /** Not now; the same again later. */
        AGAIN,
        /** Never: the receiver will not take this one. */
        PARKED
    }

    /** Among the answers that blame the sender, those that will be another one later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    static Receipt again(String words) {
        return new Receipt(Kind.AGAIN, words, Optional.empty());
    }

    /** @param retryAfter the header of that name: seconds, or a date */
    static Receipt of(int status, Optional<String> retryAfter, Instant now) {
        String words = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new Receipt(Kind.DELIVERED, words, Optional.empty());
        }
        if (status >= 400 && status < 500 && !PASSING.contains(status)) {
            return new Receipt(Kind.PARKED, words, Optional.empty());
        }
        String why = status >= 300 && status < 400 ? words + ", and redirects are not followed" : words;
        return new Receipt(Kind.AGAIN, why, retryAfter.flatMap(value -> patience(value.strip(), now)));
    }

    private static Optional<Duration> patience(String value, Instant now) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, date)).filter(wait -> !wait.isNegative());
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
