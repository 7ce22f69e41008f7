package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run that has something left to do: it was cut off, or it left the service down.
 *
 * @param asked what it was asked for
 * @param changed whether it had begun to
 */
public record Unfinished(String runId, Event.Requested asked, boolean changed) {

    /**
     * This run, unless it is over, or a later one of the same configuration has brought the service up.
     *
     * @throws JournalException if it is another host's: here are neither its processes nor its supervisord
     */
    public static Optional<Unfinished> of(String runId, Journal journal) {
        Optional<Unfinished> run = in(journal.read(runId).orElse(List.of()));
        if (run.filter(r -> !journal.runsOf(List.of(r.asked().conf())).contains(runId))
                .isPresent()) {
            throw new JournalException("tried to go on with run " + runId
                    + " but it is another host's that uses the same state folder; go on with it there");
        }
        return run.filter(
                r -> !Memory.forgiving(journal).isServed(Path.of(r.asked().conf()), runId));
    }

    /** Going by its own journal. */
    static Optional<Unfinished> in(List<Entry> entries) {
        Standing standing = Standing.of(entries);
        return standing == Standing.OVER
                ? Optional.empty()
                : asked(entries).map(a -> new Unfinished(entries.get(0).runId(), a, standing.isChanged()));
    }

    static Optional<Event.Requested> asked(List<Entry> entries) {
        return entries.stream()
                .findFirst()
                .filter(e -> e.event() instanceof Event.Requested)
                .map(e -> (Event.Requested) e.event());
    }
}
