package dev.rollcall.linux;

import dev.rollcall.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The real time; tests of the engine use one that they move by hand. */
public final class SystemClock implements Clock {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration time) {
        long end = nanos() + time.toNanos();
        // parkNanos may return for no reason; only the clock and an interrupt end the pause
        for (long left = time.toNanos(); left > 0 && !Thread.currentThread().isInterrupted(); left = end - nanos()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
