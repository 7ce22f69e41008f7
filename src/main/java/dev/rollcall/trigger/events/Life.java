package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run did up to one of its ends, less what had been counted at its end before that: a run that is gone on with ends again.
 *
 * @param result of all of it
 * @param before at the earlier end; the same as nothing if there is none
 */
record Life(Result result, Result before, Instant end) {
    /** @param seq of the end */
    static Life until(List<Entry> entries, long seq) {
        List<Entry> all = entries.stream().filter(entry -> entry.seq() <= seq).toList();
        long earlier = all.stream()
                .filter(entry -> entry.seq() < seq && entry.event() instanceof Event.RunEnded)
                .mapToLong(Entry::seq)
                .max()
                .orElse(0);
        List<Entry> first = all.stream().filter(entry -> entry.seq() <= earlier).toList();
        return new Life(
                Fold.result(all), Fold.result(first), all.get(all.size() - 1).at());
    }

    /** Since it was gone on with, if it was. */
    Duration duration() {
        return Duration.ofMillis(Math.max(0, result.durationMs() - before.durationMs()));
    }

    int killed() {
        return Math.max(0, result.killed().size() - before.killed().size());
    }

    List<InterruptedTask> interrupted() {
        return result.interruptedTasks().stream()
                .filter(task -> !before.interruptedTasks().contains(task))
                .toList();
    }
}
