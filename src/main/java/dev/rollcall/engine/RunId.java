package dev.rollcall.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names a run: when it was asked for, to the second in UTC, and six hex digits, half of them the part of the second, half random. Sorts by time. */
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private RunId() {}

    public static String at(Instant now) {
        long part = now.getNano() * (1L << 12) / 1_000_000_000;
        return TIME.format(now) + "-" + String.format("%03x%03x", part, new SecureRandom().nextInt(1 << 12));
    }
}
