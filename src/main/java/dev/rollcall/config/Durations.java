package dev.rollcall.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 500ms, 30s, 2m, 1h, 90d; a plain number is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|)");

    /** Whoever waits counts in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** @param key for the message */
    public static Duration parse(String key, String text) throws UsageException {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new UsageException("tried to read " + key + " but '" + text
                    + "' is no duration; write e.g. 500ms, 30s, 2m, 1h or 90d");
        }
        Duration duration = of(Long.parseLong(form.group(1)), form.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new UsageException("tried to read " + key + " but '" + text
                    + "' is longer than 36500d, a hundred years; write a shorter time");
        }
        return duration;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
