package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Result;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.RunLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What earlier runs know: whom they spared, and which tokens are done. */
final class Memory {
    private static final System.Logger LOGGER = System.getLogger(Memory.class.getName());

    private final Journal journal;
    private final Consumer<JournalException> unreadable;

    /** One that does not know everything knows nothing. */
    Memory(Journal journal) {
        this(journal, e -> {
            throw e;
        });
    }

    /** @param unreadable is told of each journal that is passed over because it cannot be read */
    Memory(Journal journal, Consumer<JournalException> unreadable) {
        this.journal = journal;
        this.unreadable = unreadable;
    }

    /** For whom the others' journals are not worth a failure. */
    static Memory forgiving(Journal journal) {
        return new Memory(
                journal, e -> LOGGER.log(System.Logger.Level.WARNING, "passed a journal over: {0}", e.getMessage()));
    }

    /** Where it is and, as it may have been there before it became a link to another place, where it was said to be. */
    static List<String> paths(Path conf) {
        return Stream.of(Request.real(conf), given(conf))
                .map(Path::toString)
                .distinct()
                .toList();
    }

    private static Path given(Path conf) {
        return conf.toAbsolutePath().normalize();
    }

    private Optional<List<Entry>> read(String runId) {
        try {
            return journal.read(runId);
        } catch (JournalException e) {
            unreadable.accept(e);
            return Optional.empty();
        }
    }

    /**
     * What the last run of a configuration left to remember.
     *
     * @param spared its bystanders: a detached clone of a worker that was spared once must be spared again
     * @param cutOff the run itself, if it left something to finish
     */
    record Facts(Set<ProcessIdentity> spared, Optional<CutOff> cutOff) {}

    /** @param exceptRun the run that is about to begin */
    Facts facts(Path conf, String exceptRun) {
        Facts facts = facts(except(exceptRun, journal.runsOf(paths(conf))));
        Set<ProcessIdentity> spared = new HashSet<>(facts.spared());
        spared.addAll(sparedBefore(conf, exceptRun));
        // it may have been cut off, and be gone through from the top
        read(exceptRun).map(Memory::sparedBy).ifPresent(spared::addAll);
        return new Facts(spared, facts.cutOff());
    }

    /** By the last run that was asked for by the same link: it may lead to another release now, and whom that spared is spared still. */
    private Set<ProcessIdentity> sparedBefore(Path conf, String exceptRun) {
        return except(exceptRun, journal.runsBy(given(conf).toString())).stream()
                .flatMap(id -> read(id).stream())
                .flatMap(entries -> spared(entries).stream())
                .findFirst()
                .orElse(Set.of());
    }

    private static List<String> except(String run, List<String> runs) {
        return runs.stream().filter(id -> !id.equals(run)).toList();
    }

    /** For a run that is gone on with: only what came before it can be finished by it, but whoever was spared since is spared too. */
    Facts factsBefore(Path conf, String run) {
        List<String> earlier = journal.runsOf(paths(conf)).stream()
                .dropWhile(id -> !id.equals(run))
                .skip(1)
                .toList();
        return new Facts(facts(conf, run).spared(), facts(earlier).cutOff());
    }

    /** The latest run of a configuration that has begun to change something after this one, and has not finished. */
    Optional<String> successor(Path conf, String run) {
        return journal.runsOf(paths(conf)).stream()
                .takeWhile(id -> !id.equals(run))
                .filter(id -> Standing.of(read(id).orElse(List.of())).isChanged())
                .findFirst();
    }

    /** Whether a later run of the configuration has brought the service up. */
    boolean isServed(Path conf, String run) {
        return journal.runsOf(paths(conf)).stream()
                .takeWhile(id -> !id.equals(run))
                .anyMatch(id -> endedWithServiceUp(read(id).orElse(List.of())));
    }

    private Facts facts(List<String> latestFirst) {
        Optional<CutOff> cutOff = Optional.empty();
        Optional<Set<ProcessIdentity>> spared = Optional.empty();
        for (String id : latestFirst) {
            Optional<List<Entry>> entries = read(id);
            if (entries.isPresent()) {
                spared = spared.or(() -> spared(entries.get()));
                cutOff = CutOff.of(entries.get());
                if (cutOff.isPresent() || endedWithServiceUp(entries.get())) {
                    break;
                }
            }
        }
        return new Facts(spared.orElse(Set.of()), cutOff);
    }

    /** Whatever was left to finish before it has been finished by it; a run that was refused has finished nothing. */
    private static boolean endedWithServiceUp(List<Entry> entries) {
        Result result = Fold.result(entries);
        return result.changed() && result.service() == Service.UP;
    }

    /** Whoever had asked before has been served by a run that was; one that was refused has served nobody. */
    void served(Result by, Path conf, Instant at) {
        if (by.changed() && by.service() == Service.UP) {
            try {
                endUntouched(conf, by.runId(), at);
            } catch (JournalException e) {
                LOGGER.log(System.Logger.Level.WARNING, "an earlier run stays open: {0}", e.getMessage());
            }
        }
    }

    /** What a run was to finish is gone, says whoever calls this. */
    void giveUp(String runId, Instant at) {
        end(runId, "the run was cut off, and was given up with: rollcall resume --abandon", at);
    }

    /** Runs that were cut off before they had changed anything get an end: whoever asked has been served by now. */
    private void endUntouched(Path conf, String byRun, Instant at) {
        for (String id : journal.runsOf(paths(conf))) {
            Standing standing = id.equals(byRun) ? Standing.UNTOUCHED : Standing.of(read(id).orElse(List.of()));
            if (standing != Standing.UNTOUCHED) {
                return;
            }
            if (!id.equals(byRun)) {
                end(id, "the run was cut off before it had changed anything; run " + byRun + " has come since", at);
            }
        }
    }

    /** The journal of a run that was cut off gets an end: another run has finished what it had begun. */
    void end(CutOff cutOff, String byRun, Instant at) {
        end(cutOff.runId(), "the run was cut off; run " + byRun + " has finished what it had begun", at);
    }

    private void end(String runId, String why, Instant at) {
        Journal.Reopened again = journal.reopen(runId);
        boolean changed = Standing.of(again.entries()).isChanged();
        Problem cutOff = new Problem("CUT_OFF", null, why, true);
        try (RunLog log = again.log()) {
            log.append(at, new Event.RunEnded(Outcome.INTERRUPTED, 1, changed, Service.UNKNOWN, 0, cutOff));
        }
    }

    /** Bystanders on the roll of a run, and those that it has met later. */
    static Set<ProcessIdentity> sparedBy(List<Entry> entries) {
        return spared(entries).orElse(Set.of());
    }

    private static Optional<Set<ProcessIdentity>> spared(List<Entry> entries) {
        return Optional.ofNullable(Fold.result(entries).roll()).map(roll -> spared(roll, entries));
    }

    private static Set<ProcessIdentity> spared(Roll roll, List<Entry> entries) {
        Set<ProcessIdentity> spared = new HashSet<>();
        entries.stream()
                .flatMap(e -> e.event() instanceof Event.RollTaken taken ? Stream.of(taken.roll()) : Stream.empty())
                .forEach(then -> then.bystanders().forEach(b -> spared.add(b.identity(then.bootId()))));
        entries.forEach(e -> late(e.event(), roll.bootId()).ifPresent(spared::add));
        return spared;
    }

    private static Optional<ProcessIdentity> late(Event event, String bootId) {
        return event instanceof Event.WasSpared spared && spared.startTicks() > 0
                ? Optional.of(new ProcessIdentity(spared.spared().pid(), spared.startTicks(), bootId))
                : Optional.empty();
    }

    /** The run that has succeeded under this token. */
    Optional<Result> done(String token, Path conf) {
        return journal.runsWith(paths(conf), token).stream()
                .flatMap(id -> read(id).stream())
                .map(Fold::result)
                .filter(r -> r.outcome() == Outcome.SUCCEEDED)
                .findFirst();
    }
}
