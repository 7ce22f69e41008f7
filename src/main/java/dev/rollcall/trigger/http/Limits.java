package dev.rollcall.trigger.http;

import java.time.Duration;

/**
 * How much of the engine one client, or all of them, can hold.
 *
 * @param connections at one time; more are closed at once
 * @param head until a request has begun, on a new connection
 * @param body until a request is there as a whole, from its head on
 * @param answer until it is answered; longer than any wait that can be asked for
 * @param stream how long a stream of events goes on
 * @param idle until the next request on the same connection
 * @param watchers that wait for events at one time
 * @param plans that are made at one time
 */
record Limits(
        int connections,
        Duration head,
        Duration body,
        Duration answer,
        Duration stream,
        Duration idle,
        int watchers,
        int plans) {
    static final Limits USUAL = new Limits(
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            WatchRun.LONGEST.plusSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            100,
            4);

    /** Whoever watches has a thread; those who ask for runs must find one. */
    int threads() {
        return watchers + 2 * plans + 16;
    }
}
