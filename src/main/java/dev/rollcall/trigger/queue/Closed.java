package dev.rollcall.trigger.queue;

import dev.rollcall.core.Window;
import java.time.Instant;
import java.util.Optional;

/** The times in which no run starts. */
public interface Closed {
    /** The window that this moment lies in. */
    Optional<Window> at(Instant moment);
}
