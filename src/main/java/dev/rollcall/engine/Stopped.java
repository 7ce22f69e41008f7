package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import java.util.List;

/**
 * Supervisord was asked to go, and is gone or out of time.
 *
 * @param leftovers of the roll, alive after the stop
 * @param lingering supervisord itself is still alive
 */
public record Stopped(Going going, List<ProcessIdentity> leftovers, boolean lingering) {
    public Stopped {
        leftovers = List.copyOf(leftovers);
    }

    /** The route's condition on kill. */
    public boolean isLeftovers() {
        return !leftovers.isEmpty() || lingering;
    }
}
