package dev.rollcall.engine;

/**
 * The supervisord of a run that was cut off answers that it runs: it has not heard, and nothing has changed yet. Whoever works or waits
 * below it by now is not on the roll of then, which is no reason to stop anybody any more.
 */
final class NotHeard extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotHeard(String runId) {
        super("the supervisord of run " + runId + " has not heard that it was to go");
    }
}
