package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Journal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run that has something left to do: it was cut off, or it left the service down.
 *
 * @param asked what it was asked for
 */
public record Unfinished(String runId, Event.Requested asked) {

    /** The latest one, of whatever configuration. Runs that are over are not read, for there may be thousands. */
    public static Optional<Unfinished> latest(Journal journal) {
        Set<String> served = new HashSet<>();
        for (String id : journal.runs()) {
            Optional<Journal.Glance> glance = journal.glance(id);
            Optional<Event.Requested> asked = glance.flatMap(Journal.Glance::requested);
            if (asked.isPresent() && !served.contains(asked.get().conf())) {
                Optional<Event.RunEnded> end = glance.flatMap(Journal.Glance::ended);
                if (end.filter(e -> e.changed() && e.service() == Service.UP).isPresent()) {
                    served.add(asked.get().conf());
                } else if (isOpen(id, journal)) {
                    return asked.map(a -> new Unfinished(id, a));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOpen(String runId, Journal journal) {
        return Standing.of(journal.read(runId).orElse(List.of())) != Standing.OVER;
    }

    /** This run, unless it is over, or a later one of the same configuration has brought the service up. */
    public static Optional<Unfinished> of(String runId, Journal journal) {
        List<Entry> entries = journal.read(runId).orElse(List.of());
        if (Standing.of(entries) == Standing.OVER) {
            return Optional.empty();
        }
        return asked(entries).filter(a -> !isServed(runId, a, journal)).map(a -> new Unfinished(runId, a));
    }

    private static boolean isServed(String runId, Event.Requested asked, Journal journal) {
        return journal.runsOf(asked.conf()).stream()
                .takeWhile(id -> !id.equals(runId))
                .anyMatch(id -> hasServed(journal.read(id).orElse(List.of())));
    }

    private static boolean hasServed(List<Entry> entries) {
        Result result = Fold.result(entries);
        return result.changed() && result.service() == Service.UP;
    }

    static Optional<Event.Requested> asked(List<Entry> entries) {
        return entries.stream()
                .findFirst()
                .filter(e -> e.event() instanceof Event.Requested)
                .map(e -> (Event.Requested) e.event());
    }
}
