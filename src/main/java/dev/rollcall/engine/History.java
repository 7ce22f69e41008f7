package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of runs, by their journals; and of those without an end, whether they are under way or were cut off. */
public final class History {
    private final Journal journal;

    public History(Journal journal) {
        this.journal = journal;
    }

    /** In short: steps, roll and findings are left out. Nothing if there is no such run any more. */
    public Optional<Result> brief(String runId) {
        Optional<Glance> glance = journal.glance(runId);
        if (glance.filter(g -> g.ended().isPresent() && g.whole()).isPresent()) {
            return glance.map(g -> Fold.result(g.ends()));
        }
        return glance.isEmpty() ? Optional.empty() : Optional.of(whole(runId));
    }

    public Result whole(String runId) {
        List<Entry> entries = entries(runId);
        Result result = Fold.result(entries);
        if (result.outcome() == Outcome.RUNNING && !isUnderWay(runId, entries)) {
            // it may have ended after it was read and before its holder was asked for
            result = closed(runId, entries(runId));
        }
        return result.at(journal.path(runId).toString());
    }

    public List<Entry> entries(String runId) {
        List<Entry> entries = journal.read(runId).orElse(List.of());
        if (entries.isEmpty()) {
            throw new JournalException(
                    "tried to show run " + runId + " but " + journal.path(runId)
                            + " has no whole line; if nobody has altered it, the run was cut off before it had changed anything");
        }
        return entries;
    }

    private static Result closed(String runId, List<Entry> entries) {
        Result result = Fold.result(entries);
        if (result.outcome() != Outcome.RUNNING) {
            return result;
        }
        boolean changed = Standing.of(entries).isChanged();
        List<Entry> closed = new ArrayList<>(entries);
        Entry last = entries.get(entries.size() - 1);
        closed.add(new Entry(
                last.seq() + 1,
                last.at(),
                runId,
                new Event.RunEnded(Outcome.INTERRUPTED, 1, changed, Service.UNKNOWN, 0, cutOff(runId, changed))));
        return Fold.result(closed);
    }

    private static Problem cutOff(String runId, boolean changed) {
        String what =
                changed ? "was cut off after its shutdown had begun" : "was cut off before it had changed anything";
        return new Problem("CUT_OFF", null, "the run " + what + "; finish it with: rollcall resume " + runId, true);
    }

    /** By itself, or gone on with by a later run that holds the target and finishes this one first. */
    private boolean isUnderWay(String runId, List<Entry> entries) {
        Optional<Instant> resumed = entries.stream()
                .filter(e -> e.event() instanceof Event.Resumed)
                .map(Entry::at)
                .reduce((earlier, later) -> later);
        return entries.stream()
                .flatMap(e -> e.event() instanceof Event.Requested r
                        ? Optional.of(r).stream()
                        : Optional.<Event.Requested>empty().stream())
                .findFirst()
                .flatMap(requested -> journal.holder(Path.of(requested.conf())))
                .filter(holder -> holder.runId().equals(runId)
                        || resumed.filter(at -> !at.isBefore(holder.since())).isPresent())
                .isPresent();
    }
}
