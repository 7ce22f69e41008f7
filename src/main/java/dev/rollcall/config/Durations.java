package dev.rollcall.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 500ms, 30s, 2m, 1h, 90d; a plain number is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|)");

    private Durations() {}

    /** @param key for the message */
    public static Duration parse(String key, String text) throws UsageException {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new UsageException("tried to read " + key + " but '" + text
                    + "' is no duration; write e.g. 500ms, 30s, 2m, 1h or 90d");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
