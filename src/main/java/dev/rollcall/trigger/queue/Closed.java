package dev.rollcall.trigger.queue;

import java.time.Instant;
import java.util.Optional;

/** The times in which no run starts. */
public interface Closed {
    /** @param until the first moment that is open again */
    record Window(String name, Instant until) {}

    /** The window that this moment lies in. */
    Optional<Window> at(Instant moment);
}
