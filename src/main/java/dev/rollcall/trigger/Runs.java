package dev.rollcall.trigger;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of runs: those that wait, those under way and those that are over, whoever asked for them. */
public interface Runs {
    /** Latest first. @param target empty for all @param limit at least 1 */
    List<Result> list(Optional<String> target, int limit);

    /** The result document; of a run that waits it has no steps yet, of one that was cut off it says so. Nothing if there is no such run. */
    Optional<Result> find(String runId);

    /**
     * Events with a sequence number above {@code after}, as soon as there are some.
     *
     * @param wait at most this long
     * @return nothing if there is no such run; an empty list if there was no event in time, or the run has ended and has no more
     */
    Optional<List<Entry>> events(String runId, long after, Duration wait) throws InterruptedException;

    /** What a restart of this target would do. Nothing if the configuration does not have it. */
    Optional<Result> plan(String target);
}
