package dev.rollcall.trigger.inbox;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
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
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

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
    private final Map<String, Pending> pending = new HashMap<>();

    private Optional<String> trouble = Optional.empty();
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
        return pending.values().stream().anyMatch(p -> p.drop().path().equals(path));
    }

    private void ask(Drop drop) throws IOException {
        Answer answer;
        try {
            answer = intake.ask(new Ask(Reader.read(drop), "file:" + drop.name(), Optional.of(drop.key())));
        } catch (Unfit unfit) {
            refuse(drop, new Problem("BAD_REQUEST", null, unfit.getMessage(), true));
            return;
        }
        if (answer instanceof Answer.Accepted accepted) {
            pending.put(drop.key(), new Pending(drop, accepted.runId()));
        } else if (answer instanceof Answer.Declined declined) {
            if (declined.why() == Answer.Why.STOPPING || declined.why() == Answer.Why.NOT_WRITABLE) {
                tell(declined.problem().message()); // it stays where it is, and is taken when that is over
            } else {
                refuse(drop, declined.problem());
            }
        }
    }

    private void refuse(Drop drop, Problem problem) throws IOException {
        LOGGER.log(System.Logger.Level.WARNING, "{0} is refused: {1}", drop.name(), problem.message());
        String by = "file:" + drop.name();
        shelf.put(drop, "refused-" + Long.toString(clock.millis(), 36), false, NoRun.of(by, problem, clock.instant()));
        ripeness.forget(drop.path());
        quiet();
    }

    /** Looks at everything in the inbox: also at what has a name that is no text, and at what is no file. */
    synchronized void sweep() {
        putAway();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                take(path);
            }
        } catch (IOException e) {
            tell("tried to list the inbox " + folder + " but " + e + "; check its rights");
        }
    }

    private void putAway() {
        for (Iterator<Pending> each = pending.values().iterator(); each.hasNext(); ) {
            Pending one = each.next();
            Optional<Result> result = runs.find(one.runId()).filter(r -> r.outcome() != Outcome.RUNNING);
            if (result.isPresent() && !isCutOff(result.get()) && putAway(one, result.get())) {
                each.remove();
            }
        }
    }

    /** It will be gone on with. */
    private static boolean isCutOff(Result result) {
        Problem error = result.error();
        return result.outcome() == Outcome.INTERRUPTED
                && error != null
                && error.code().equals("CUT_OFF");
    }

    private boolean putAway(Pending one, Result result) {
        boolean succeeded = result.outcome() == Outcome.SUCCEEDED || result.outcome() == Outcome.NOTHING_TO_DO;
        try {
            boolean replaced = Drop.at(one.drop().path())
                    .filter(d -> !d.key().equals(one.drop().key()))
                    .isPresent();
            if (!replaced) {
                shelf.put(one.drop(), one.runId(), succeeded, result);
            }
            ripeness.forget(one.drop().path());
            quiet();
            return true;
        } catch (IOException e) {
            tell("tried to put " + one.drop().name() + " away but " + e + "; make room there, or check its rights");
            return false;
        }
    }

    /** What goes on for hours is told once. */
    private void tell(String sentence) {
        if (!trouble.equals(Optional.of(sentence))) {
            trouble = Optional.of(sentence);
            LOGGER.log(System.Logger.Level.ERROR, sentence);
        }
    }

    private void quiet() {
        trouble = Optional.empty();
    }

    /** What keeps it from working, for the engine's readiness. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    synchronized void stop() {
        stopped = true;
    }
}
