package dev.rollcall.trigger.timer;

import dev.rollcall.config.Triggers.Timer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on disk of one timer.
 *
 * @param cron and {@code zone}: of another timer under the same name nothing counts
 * @param until every firing up to this moment has been dealt with
 * @param last the latest of them
 * @param declined those that did not happen, latest last
 */
record Dealt(String cron, String zone, Instant until, @Nullable Firing last, List<Firing> declined) {
    private static final int MOST_DECLINED = 20;

    /**
     * One firing.
     *
     * @param at when it was dealt with
     * @param runId of the run that serves it, or null if it did not happen
     * @param code why it did not
     */
    record Firing(
            Instant scheduled, Instant at, @Nullable String runId, @Nullable String code, @Nullable String message) {}

    Dealt {
        declined = List.copyOf(declined);
    }

    /** A timer does not fire for what was before it. */
    static Dealt begin(Timer timer, Instant now) {
        return new Dealt(timer.cron(), timer.zone().getId(), now, null, List.of());
    }

    boolean isOf(Timer timer) {
        return cron.equals(timer.cron()) && zone.equals(timer.zone().getId());
    }

    Dealt with(Firing firing) {
        if (firing.runId() != null) {
            return new Dealt(cron, zone, firing.scheduled(), firing, declined);
        }
        int tooMany = Math.max(0, declined.size() + 1 - MOST_DECLINED);
        List<Firing> latest = Stream.concat(declined.stream(), Stream.of(firing))
                .skip(tooMany)
                .toList();
        return new Dealt(cron, zone, firing.scheduled(), firing, latest);
    }

    Dealt until(Instant moment) {
        return new Dealt(cron, zone, moment, last, declined);
    }

    boolean has(Instant scheduled) {
        return last != null && last.scheduled().equals(scheduled);
    }
}
