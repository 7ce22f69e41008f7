package dev.rollcall.celery;

import java.time.Duration;

/** A moment that never jumps, after which nobody waits any more. */
record Deadline(long nanos) {
    /** Keeps the arithmetic from overflowing for callers who mean "for ever". */
    private static final Duration LONGEST = Duration.ofDays(1);

    static Deadline in(Duration time) {
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** At least 1: to a socket 0 means for ever. */
    int leftMillis() {
        return (int) Math.max(1, left().toMillis());
    }

    Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.nanos - nanos < 0 ? other : this;
    }

    Deadline minus(Duration time) {
        return new Deadline(nanos - time.toNanos());
    }

    Deadline atLeast(Duration time) {
        Deadline other = in(time);
        return other.nanos - nanos > 0 ? other : this;
    }
}
