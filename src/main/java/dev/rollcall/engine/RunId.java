package dev.rollcall.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names a run: when it was asked for, to the second in UTC, and six random hex digits. Sorts by time. */
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private RunId() {}

    public static String at(Instant now) {
        return TIME.format(now) + "-" + String.format("%06x", new SecureRandom().nextInt(1 << 24));
    }
}
