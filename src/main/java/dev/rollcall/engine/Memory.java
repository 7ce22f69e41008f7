package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Result;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Journal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What earlier runs know: whom they spared, and which tokens are done. */
final class Memory {
    private final Journal journal;

    Memory(Journal journal) {
        this.journal = journal;
    }

    /** Bystanders of the last run of this configuration: a detached clone of a worker that was spared once must be spared again. */
    Set<ProcessIdentity> spared(String conf) {
        for (String id : journal.runs()) {
            Optional<List<Entry>> entries = journal.read(id).filter(e -> isAbout(e, conf));
            Optional<Roll> roll =
                    entries.flatMap(e -> Optional.ofNullable(Fold.result(e).roll()));
            if (roll.isPresent()) {
                Set<ProcessIdentity> spared = new HashSet<>();
                String bootId = roll.get().bootId();
                roll.get().bystanders().forEach(b -> spared.add(new ProcessIdentity(b.pid(), b.startTicks(), bootId)));
                entries.get().forEach(e -> late(e.event(), bootId).ifPresent(spared::add));
                return spared;
            }
        }
        return Set.of();
    }

    private static Optional<ProcessIdentity> late(Event event, String bootId) {
        return event instanceof Event.WasSpared spared && spared.startTicks() > 0
                ? Optional.of(new ProcessIdentity(spared.spared().pid(), spared.startTicks(), bootId))
                : Optional.empty();
    }

    private static boolean isAbout(List<Entry> entries, String conf) {
        return !entries.isEmpty()
                && entries.get(0).event() instanceof Event.Requested requested
                && requested.conf().equals(conf);
    }

    /** The last run of this configuration, if it was cut off after its shutdown had begun. */
    Optional<CutOff> cutOff(String conf, String exceptRun) {
        return journal.runs().stream()
                .filter(id -> !id.equals(exceptRun))
                .flatMap(id -> journal.read(id).stream())
                .filter(entries -> isAbout(entries, conf))
                .findFirst()
                .flatMap(CutOff::of);
    }

    /** The run that has succeeded under this token. */
    Optional<Result> done(String token, String conf) {
        return journal.runs().stream()
                .flatMap(id -> journal.read(id).stream())
                .filter(entries -> isAbout(entries, conf))
                .map(Fold::result)
                .filter(r -> token.equals(r.token()) && r.outcome() == Outcome.SUCCEEDED)
                .findFirst();
    }
}
