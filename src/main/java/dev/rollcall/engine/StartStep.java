package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Step;
import dev.rollcall.port.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Starts supervisord as it was (S14), unless somebody else has done so meanwhile. */
final class StartStep {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    /** Exit codes from here on are not supervisord's own: it may have been cut off, and be there all the same. */
    private static final int NOT_ITS_OWN = 124;

    /** HUP, INT, QUIT and TERM: a ^C that is held down may end what was executed before that could ignore it. */
    private static final Set<Integer> CUT_SHORT = Set.of(128 + 1, 128 + 2, 128 + 3, 128 + 15);

    private final World world;
    /** Whether a supervisord that is there may be what a try of this run has started. */
    private boolean begun;
    /** Whether the last try was ended by such a signal. */
    private boolean cutShort;

    StartStep(World world) {
        this.world = world;
    }

    public Started start(Swept swept) {
        Going going = swept.going();
        Run run = going.run();
        return run.step(Step.START, detail -> {
            if (swept.stuck().isPresent()) {
                detail.failed(swept.stuck().get().problem().message());
                return new Started(going, 0, swept.stuck());
            }
            Started started = tryAll(going);
            if (started.failure().isPresent()) {
                detail.failed(started.failure().get().problem().message());
            } else {
                detail.say("supervisord, pid " + started.supervisord());
                if (begun && run.past().isPresent()) {
                    new Birthplace(world.starter(), run, going.site()).tell();
                }
                new ByName(world, going).start();
            }
            return started;
        });
    }

    private Started tryAll(Going going) {
        long until = going.run().clock().nanos() + going.timeToStart().toNanos();
        begun = false;
        Started last = once(going, until);
        int tries = wasTry(going, until);
        while (last.failure().isPresent() && tries < TRIES) {
            going.run().progress().waiting("the next try to start supervisord");
            going.run().clock().pause(BETWEEN_TRIES);
            last = once(going, until);
            tries += wasTry(going, until);
        }
        return last;
    }

    /** @return 1, or 0 for one that a signal has cut short, as long as there is time */
    private int wasTry(Going going, long until) {
        return cutShort && going.run().clock().nanos() < until ? 0 : 1;
    }

    private Started once(Going going, long until) {
        cutShort = false;
        Newcomer newcomer = new Newcomer(world, going);
        Path errors = LastWords.file(world.journal(), going);
        Newcomer.Meeting meeting = newcomer.await(until);
        if (meeting instanceof Newcomer.Meeting.Answers other) {
            return startedByOther(going, other.pid());
        }
        if (meeting instanceof Newcomer.Meeting.Deaf other) {
            return failed(
                    going,
                    "one that runs with this configuration (pid " + other.pid() + ") does not answer, for "
                            + going.timeToStart().toSeconds() + " s now" + (begun ? words(errors) : ""));
        }
        Commands.Output output =
                world.commands().run(world.starter().start(going.site().recipe(), errors, going.timeToStart()));
        cutShort = CUT_SHORT.contains(output.exit());
        begun |= output.exit() == 0
                || output.exit() >= NOT_ITS_OWN
                || !going.site().recipe().unit().isEmpty();
        if (output.exit() != 0) {
            return newcomer.answering()
                    .map(pid -> startedByOther(going, pid))
                    .orElseGet(() -> failed(
                            going,
                            "it said, with exit code " + output.exit() + ": " + LastWords.oneLine(output.err())));
        }
        return awaitContact(going, newcomer, errors);
    }

    /** Unless it may be what a try of ours has brought about. */
    private Started startedByOther(Going going, long pid) {
        if (!begun) {
            String how = going.run().past().isPresent()
                    ? "supervisord is up already, and is left as it is"
                    : "somebody else has started supervisord meanwhile";
            going.run().found(Finding.info("STARTED_BY_OTHER", how, ""));
        }
        return new Started(going, pid, Optional.empty());
    }

    private Started awaitContact(Going going, Newcomer newcomer, Path errors) {
        Run run = going.run();
        Duration limit = going.timeToStart();
        long began = run.clock().nanos();
        Optional<Long> answering = newcomer.answering();
        while (answering.isEmpty() && run.millisSince(began) < limit.toMillis()) {
            run.progress().waiting("supervisord to answer");
            run.clock().pause(POLL);
            answering = newcomer.answering();
        }
        if (answering.isPresent()) {
            return new Started(going, answering.get(), Optional.empty());
        }
        return failed(going, "it did not answer within " + limit.toSeconds() + " s" + words(errors));
    }

    private static Started failed(Going going, String cause) {
        return new Started(
                going,
                0,
                Optional.of(Failure.down(new Problem(
                        "START_FAILED",
                        Step.START,
                        "tried to start supervisord (" + going.site().recipe() + ") but " + cause
                                + "; mend that and run rollcall restart again",
                        true))));
    }

    private static String words(Path errors) {
        try {
            String text = Files.isReadable(errors) ? Files.readString(errors) : "";
            return text.isBlank() ? "" : " and said: " + LastWords.oneLine(text);
        } catch (IOException e) {
            return " and its words in " + errors + " cannot be read";
        }
    }
}
