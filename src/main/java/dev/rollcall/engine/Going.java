package dev.rollcall.engine;

import dev.rollcall.port.Celery;
import java.time.Duration;

/** What the steps between the stop and the start share. */
record Going(Run run, Site site, Ledger ledger, Watch watch, Celery.Line line, Aftermath aftermath) {
    /** Less is no time to start in: what is ended, or given up, before it could begin is reported as down and comes up a moment later. */
    private static final Duration LEAST_TO_START = Duration.ofSeconds(10);

    Duration timeToStart() {
        Duration asked = run.request().options().startTimeout();
        return asked.compareTo(LEAST_TO_START) < 0 ? LEAST_TO_START : asked;
    }
}
