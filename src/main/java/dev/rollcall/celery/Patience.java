package dev.rollcall.celery;

import java.time.Duration;

/**
 * How long the search for brokers waits for one way before it goes the next.
 *
 * @param headStart of the brokers that are written down: they are usually right and proven within milliseconds, and the user's code then need not run at all
 * @param answer the first one over a broker; a busy node answers late, and a broker that connects is kept even if nobody proved it
 * @param proving what is left of the time when an application has to have told its broker
 */
record Patience(Duration headStart, Duration answer, Duration proving) {
    static final Patience USUAL = new Patience(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(200));
}
