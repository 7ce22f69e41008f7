package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;

/**
 * Why there is no new supervisord.
 *
 * @param service what that means for the service: up if the old one runs on as if nothing had been, unknown if nobody can tell
 */
record Failure(Problem problem, Service service) {
    static Failure down(Problem problem) {
        return new Failure(problem, Service.DOWN);
    }

    /** @param why as {@link Consent} tells it */
    static Failure refused(long pid, String why) {
        return new Failure(
                new Problem(
                        "SHUTDOWN_REFUSED",
                        Step.SHUTDOWN,
                        "tried to shut supervisord (pid " + pid + ") down but it runs on: " + why
                                + "; look at its log, then run rollcall restart again",
                        true),
                Service.UP);
    }

    static Failure unanswered(long pid, String why, String runId) {
        return new Failure(
                new Problem(
                        "SHUTDOWN_UNANSWERED",
                        Step.SHUTDOWN,
                        "tried to shut supervisord (pid " + pid
                                + ") down but nobody can tell whether it goes: " + why
                                + "; nobody was killed below it; see that it answers, or shut it down by hand, then finish with: rollcall resume "
                                + runId,
                        true),
                Service.UNKNOWN);
    }

    /** The old supervisord has not gone, and was not seen to be going. */
    boolean untouched() {
        return service != Service.DOWN;
    }
}
