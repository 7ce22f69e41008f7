package dev.rollcall.trigger.inbox;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import dev.rollcall.trigger.NoRun;
import dev.rollcall.trigger.Runs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that are complete, asks for what is in them, and puts them away when that is done. A file stays in the inbox until then: after a crash it is found again,
 * and its key leads to the run that it led to before.
 */
final class Inbox {
    private static final System.Logger LOGGER = System.getLogger(Inbox.class.getName());

    private final Path folder;
    private final Intake intake;
    private final Runs runs;
    private final Ripeness ripeness;
    private final Shelf shelf;
    private final Clock clock;
    /** Accepted and not over, by key. */
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    /** The latest key of each file in {@link #pending}: thousands may lie there, and each is looked for again and again. */
    private final Map<Path, String> held = new HashMap<>();

    private Optional<String> trouble = Optional.empty();
    private boolean troubled;
    private boolean stopped;

    private record Pending(Drop drop, String runId) {}

    Inbox(Path folder, Intake intake, Runs runs, Ripeness ripeness, Shelf shelf, Clock clock) {
        this.folder = folder;
        this.intake = intake;
        this.runs = runs;
        this.ripeness = ripeness;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Takes this file if it is complete, new and still there. */
    synchronized void take(Path path) {
        try {
            Optional<Drop> drop = stopped ? Optional.empty() : Drop.at(path);
            if (drop.filter(d -> !pending.containsKey(d.key()))
                    .filter(ripeness::isRipe)
                    .isPresent()) {
                ask(drop.get());
            }
        } catch (IOException e) {
            tell("tried to take " + path.getFileName() + " but " + e + "; check space and rights of the inbox");
        }
    }

    /** Whether a file of this name was taken and is not put away yet; if it was replaced since, the next sweep sees that. */
    synchronized boolean holds(Path path) {
        return held.containsKey(path);
    }

    private void ask(Drop drop) throws IOException {
        Answer answer;
        Map<String, @Nullable Object> options = Map.of();
        try {
            options = Reader.read(drop);
            if (isChanged(drop)) {
                return; // what was read is another drop, which the next look takes
            }
            answer = intake.ask(new Ask(options, "file:" + drop.name(), Optional.of(drop.key())));
        } catch (Unfit unfit) {
            if (!isChanged(drop)) {
                refuse(drop, options, new Problem("BAD_REQUEST", null, unfit.getMessage(), true));
            }
            return;
        }
        if (answer instanceof Answer.Accepted accepted) {
            pending.put(drop.key(), new Pending(drop, accepted.runId()));
            held.put(drop.path(), drop.key());
        } else if (answer instanceof Answer.Declined declined) {
            if (declined.why() == Answer.Why.STOPPING || declined.why() == Answer.Why.NOT_WRITABLE) {
                tell(declined.problem().message()); // it stays where it is, and is taken when that is over
            } else {
                refuse(drop, options, declined.problem());
            }
        }
    }

    private static boolean isChanged(Drop drop) throws IOException {
        return Drop.at(drop.path()).filter(drop::equals).isEmpty();
    }

    private void refuse(Drop drop, Map<String, @Nullable Object> asked, Problem problem) throws IOException {
        LOGGER.log(System.Logger.Level.WARNING, "{0} is refused: {1}", drop.name(), problem.message());
        String by = "file:" + drop.name();
        Result result = NoRun.of(asked.get("target"), by, problem, clock.instant());
        shelf.put(drop, "refused-" + Long.toString(clock.millis(), 36), false, result);
        ripeness.forget(drop.path());
    }

    /**
     * Looks at everything in the inbox: also at what has a name that is no text, and at what is no file. Whoever drops a file meanwhile does not wait for all others.
     */
    void sweep() {
        begin();
        Map<String, Optional<Result>> over = new HashMap<>();
        for (Pending one : pending()) {
            over.computeIfAbsent(one.runId(), this::over).ifPresent(result -> putAway(one, result));
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                take(path);
            }
        } catch (IOException e) {
            tell("tried to list the inbox " + folder + " but " + e + "; check that it is there and its rights");
        }
        end();
    }

    private synchronized void begin() {
        troubled = false;
    }

    private synchronized List<Pending> pending() {
        return List.copyOf(pending.values());
    }

    /** The result of a run that has one for good. */
    private Optional<Result> over(String runId) {
        try {
            return runs.find(runId).filter(r -> r.outcome() != Outcome.RUNNING).filter(r -> !isCutOff(r));
        } catch (JournalException e) { // must hold up neither the files of other runs nor new ones
            tell(e.getMessage());
            return Optional.empty();
        }
    }

    /** It will be gone on with. */
    private static boolean isCutOff(Result result) {
        Problem error = result.error();
        return result.outcome() == Outcome.INTERRUPTED
                && error != null
                && error.code().equals("CUT_OFF");
    }

    private synchronized void putAway(Pending one, Result result) {
        boolean succeeded = result.outcome() == Outcome.SUCCEEDED || result.outcome() == Outcome.NOTHING_TO_DO;
        Drop drop = one.drop();
        try {
            boolean replaced = Drop.at(drop.path())
                    .filter(d -> !d.key().equals(drop.key()))
                    .isPresent();
            if (!replaced) {
                shelf.put(drop, one.runId(), succeeded, result);
            }
            ripeness.forget(drop.path());
            pending.remove(drop.key());
            held.remove(drop.path(), drop.key());
        } catch (IOException e) {
            tell("tried to put " + drop.name() + " away but " + e + "; make room there, or check its rights");
        }
    }

    /** What goes on for hours is told once. */
    private synchronized void tell(String sentence) {
        troubled = true;
        if (!trouble.equals(Optional.of(sentence))) {
            trouble = Optional.of(sentence);
            LOGGER.log(System.Logger.Level.ERROR, sentence);
        }
    }

    /** What was wrong is so no more if a look at everything has not met it. */
    private synchronized void end() {
        if (!troubled) {
            trouble = Optional.empty();
        }
    }

    /** What keeps it from working, for the engine's readiness. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    synchronized void stop() {
        stopped = true;
    }
}
