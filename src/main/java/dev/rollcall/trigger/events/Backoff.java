package dev.rollcall.trigger.events;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before the next attempt: twice as long each time, and not everybody at the same moment.
 *
 * @param first at most, before the second attempt
 * @param longest at most, before any
 * @param mostAsked a receiver that asks for more patience gets this
 */
record Backoff(Duration first, Duration longest, Duration mostAsked) {
    static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));

    /**
     * @param failed how many attempts have failed, at least 1
     * @param chance between 0 and 1
     */
    Duration before(int failed, Optional<Duration> asked, double chance) {
        long full = first.toMillis() << Math.min(failed - 1, 20);
        long most = Math.min(full, longest.toMillis());
        Duration own = Duration.ofMillis((long) (most * (0.5 + chance / 2)));
        Duration theirs = asked.orElse(Duration.ZERO);
        Duration granted = theirs.compareTo(mostAsked) > 0 ? mostAsked : theirs;
        return granted.compareTo(own) > 0 ? granted : own;
    }
}
