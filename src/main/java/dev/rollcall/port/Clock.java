package dev.rollcall.port;

import java.time.Duration;
import java.time.Instant;

/** Time as a dependency: tests move it by hand. */
public interface Clock {
    /** The wall clock, for people. */
    Instant now();

    /** Nanoseconds that never jump, for deadlines and durations. */
    long nanos();

    /** Waits; returns early if the thread is interrupted, with the interrupt flag set. */
    void pause(Duration time);
}
