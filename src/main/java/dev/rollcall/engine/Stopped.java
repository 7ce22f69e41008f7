package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import java.util.List;

/**
 * Supervisord was asked to go, and is gone or out of time.
 *
 * @param left of the roll, alive after the stop
 * @param lingering supervisord itself is still alive
 */
public record Stopped(Going going, List<ProcessIdentity> left, boolean lingering) {
    public Stopped {
        left = List.copyOf(left);
    }

    /** The route's condition on kill. */
    public boolean isLeftovers() {
        return !left.isEmpty() || lingering;
    }
}
