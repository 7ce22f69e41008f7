package dev.rollcall.port;

import dev.rollcall.core.Event;
import dev.rollcall.core.Roll;

/** A roll that is on disk. Only {@link RunLog#record} makes one. */
public final class Recorded {
    private final Event.RollTaken taken;

    Recorded(Event.RollTaken taken) {
        this.taken = taken;
    }

    public Roll roll() {
        return taken.roll();
    }

    public Event.RollTaken event() {
        return taken;
    }
}
