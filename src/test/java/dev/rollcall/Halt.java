package dev.rollcall;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a run ends as if its host had lost power.
 *
 * @param seen how many events have come so far
 */
record Halt(Point point, int event, AtomicInteger seen) {
    /** An exit code that Rollcall never gives. */
    static final int CODE = 99;

    /** What comes after an event's effect comes before the write of the next. */
    enum Point {
        BEFORE_THE_WRITE,
        HALF_WRITTEN,
        AFTER_THE_WRITE
    }

    /** @param text e.g. {@code HALF_WRITTEN:17} */
    static Halt parse(String text) {
        String[] parts = text.split(":");
        return new Halt(Point.valueOf(parts[0]), Integer.parseInt(parts[1]), new AtomicInteger());
    }

    boolean isNow() {
        return seen.incrementAndGet() == event;
    }
}
