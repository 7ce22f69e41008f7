package dev.rollcall.linux;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as systemctl shows it: {@code 1min 30s}, {@code 5.500s}, {@code infinity} (systemd.time(7)). */
final class TimeSpan {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|min|h|d|w|month|y)(?:\\s+|$)");
    private static final Map<String, Long> MICROS = Map.of(
            "us", 1L,
            "ms", 1_000L,
            "s", 1_000_000L,
            "min", 60_000_000L,
            "h", 3_600_000_000L,
            "d", 86_400_000_000L,
            "w", 604_800_000_000L,
            "month", 2_629_800_000_000L,
            "y", 31_557_600_000_000L);

    private TimeSpan() {}

    /** @return empty if it is endless, or no time */
    static Optional<Duration> of(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal micros = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            micros = micros.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(MICROS.get(part.group(2)))));
            end = part.end();
        }
        boolean whole = end > 0 && end == text.length();
        return whole ? Optional.of(Duration.of(micros.longValue(), ChronoUnit.MICROS)) : Optional.empty();
    }
}
