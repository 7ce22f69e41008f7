package dev.rollcall.engine;

import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor.Contact;

/**
 * The supervisord of a run that was cut off answers that it runs: it has not heard, and nothing has changed yet. Whoever works or waits
 * below it by now is not on the roll of then, which is no reason to stop anybody any more.
 */
final class NotHeard extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What systemd has in its queue is about to go, though it answers yet. */
    static boolean isTrueOf(Run run, Site site, Contact contact) {
        boolean moves = site.unit().filter(Starter.Unit::inMotion).isPresent();
        return run.past().isPresent() && contact.up() && !moves;
    }

    NotHeard(String runId) {
        super("the supervisord of run " + runId + " has not heard that it was to go");
    }
}
