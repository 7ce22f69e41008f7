package dev.rollcall.trigger.inbox;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.trigger.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of which an inbox asks nothing but what came of one. */
interface OnlyFound extends Runs {
    /** @param outcome of one that is over */
    static Result run(String runId, Optional<Outcome> outcome) {
        List<Entry> entries = new ArrayList<>(List.of(
                new Entry(1, Instant.EPOCH, runId, new Event.Requested(Options.DEFAULTS, false, "file:x", "/c", "b"))));
        outcome.ifPresent(how ->
                entries.add(new Entry(2, Instant.EPOCH, runId, new Event.RunEnded(how, 0, true, Service.UP, 0, null))));
        return Fold.result(entries);
    }

    @Override
    default List<Result> list(Optional<String> target, int limit) {
        throw new AssertionError();
    }

    @Override
    default Optional<List<Entry>> events(String runId, long after, Duration wait) {
        throw new AssertionError();
    }

    @Override
    default Optional<Result> plan(String target) {
        throw new AssertionError();
    }
}
