package dev.rollcall.port;

import dev.rollcall.core.Event;
import java.time.Instant;

/** The log of one run, written before things are done. */
public abstract class RunLog implements AutoCloseable {
    /** Writes one event; it is on disk when this returns. */
    public abstract void append(Instant at, Event event);

    @Override
    public abstract void close();

    /** Writes the roll. What comes back is the permission to act on it: there is no other way to get one (S1, S4). */
    public final Recorded record(Instant at, Event.RollTaken taken) {
        append(at, taken);
        return new Recorded(taken);
    }
}
