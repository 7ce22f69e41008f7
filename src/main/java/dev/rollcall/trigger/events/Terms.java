package dev.rollcall.trigger.events;

import java.time.Duration;

/**
 * How events are sent.
 *
 * @param host this one's name
 * @param connect deadline of a connection
 * @param answer deadline of an answer
 * @param age after which an event is given up
 */
record Terms(String host, Duration connect, Duration answer, Backoff backoff, Duration age) {
    static Terms usual(String host) {
        return new Terms(host, Duration.ofSeconds(5), Duration.ofSeconds(15), Backoff.USUAL, Duration.ofDays(7));
    }
}
