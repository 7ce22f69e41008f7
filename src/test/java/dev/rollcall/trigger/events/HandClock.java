package dev.rollcall.trigger.events;

import dev.rollcall.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves when told. */
final class HandClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
        return State.BEGAN.plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void pause(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
