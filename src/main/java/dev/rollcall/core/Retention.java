package dev.rollcall.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Which journals are kept, and why. What a later run may still need is never given up: the last run of each configuration, what has no end,
 * and what is remembered until a restart has gone well (whom to spare, what to bring back).
 *
 * @param keepFor after its last event
 * @param keep so many of the latest, of all configurations together
 */
public record Retention(Duration keepFor, int keep) {
    public static final Retention DEFAULT = new Retention(Duration.ofDays(90), 1000);

    /** Why a journal is kept, or why it goes. */
    public enum Reason {
        UNDER_WAY,
        UNFINISHED,
        LAST,
        REMEMBERED,
        OVER_AGE,
        OVER_NUMBER;

        public boolean goes() {
            return this == OVER_AGE || this == OVER_NUMBER;
        }
    }

    /**
     * A run as far as it matters here.
     *
     * @param underWay its process lives
     * @param ended its last event is its end; if the journal is damaged there, it is not
     * @param changed the stop had begun
     */
    public record Past(boolean underWay, boolean ended, boolean changed, boolean rolled, Service service) {
        /** Nothing before it needs to be remembered. */
        boolean isFreshStart() {
            return ended && changed && service == Service.UP;
        }
    }

    /** By what can be known without reading it. @param newer how many runs began after it */
    public boolean isSurplus(int newer, Instant written, Instant now) {
        return newer >= keep || written.isBefore(now.minus(keepFor));
    }

    /**
     * @param newer how many runs of any configuration began after it
     * @param later the runs of its configuration that began after it; read only as far as needed
     */
    public Reason judge(Past run, int newer, Iterable<Past> later) {
        if (run.underWay()) {
            return Reason.UNDER_WAY;
        }
        if (!run.ended()) {
            return Reason.UNFINISHED;
        }
        boolean last = true;
        boolean remembered = run.changed() || run.rolled();
        for (Past other : later) {
            last = false;
            remembered &= !other.isFreshStart();
            if (!remembered) {
                break;
            }
        }
        if (last) {
            return Reason.LAST;
        }
        return remembered ? Reason.REMEMBERED : newer >= keep ? Reason.OVER_NUMBER : Reason.OVER_AGE;
    }
}
