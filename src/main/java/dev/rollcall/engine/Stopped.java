package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/**
 * Supervisord was asked to go, and is gone or out of time.
 *
 * @param left of the roll, alive after the stop
 * @param lingering it goes, and is still alive
 * @param failure it has not agreed to go, so that nobody below it may be killed
 */
public record Stopped(Going going, List<ProcessIdentity> left, boolean lingering, Optional<Failure> failure) {
    public Stopped {
        left = List.copyOf(left);
        if (failure.isPresent() && (lingering || !left.isEmpty())) {
            throw new IllegalStateException("below a supervisord that has not agreed to go there are no leftovers");
        }
    }

    /** The route's condition on kill. */
    public boolean isLeftovers() {
        return !left.isEmpty() || lingering;
    }
}
