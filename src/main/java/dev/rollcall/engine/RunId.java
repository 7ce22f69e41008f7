package dev.rollcall.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names a run: when it was asked for, to the second in UTC, and six hex digits, half of them the part of the second. The others begin anywhere and
 * count on, so that one process gives no name twice and two hardly ever the same. Sorts by time.
 */
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int THREE_DIGITS = 1 << 12;
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(THREE_DIGITS));

    private RunId() {}

    public static String at(Instant now) {
        long part = now.getNano() * (long) THREE_DIGITS / 1_000_000_000;
        int next = NEXT.getAndUpdate(number -> (number + 1) % THREE_DIGITS);
        return TIME.format(now) + "-" + String.format("%03x%03x", part, next);
    }
}
