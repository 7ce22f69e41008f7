package dev.rollcall.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The end of a window that was looked for last. It is the same for every later moment in that window, and may be years away. */
final class LastEnd {
    /** An end that is only as far as anybody looks moves on. */
    private static final Duration FRESH = Duration.ofDays(1);

    private volatile @Nullable Found found;

    private record Found(Instant from, Instant end) {
        boolean isFor(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(end) && moment.isBefore(from.plus(FRESH));
        }
    }

    /** @param look for the end of the window that this moment is in */
    Instant of(Instant moment, Supplier<Instant> look) {
        Found known = found;
        if (known == null || !known.isFor(moment)) {
            known = new Found(moment, look.get());
            found = known;
        }
        return known.end();
    }
}
