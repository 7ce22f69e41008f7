package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.port.Supervisor.Contact;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whatever breaks after the shutdown has begun, the service is started again (S8). */
final class Rescue {
    private static final System.Logger LOGGER = System.getLogger(Rescue.class.getName());
    private static final Duration POLL = Duration.ofMillis(50);

    private final World world;
    private final Finish finish;

    Rescue(World world, Finish finish) {
        this.world = world;
        this.finish = finish;
    }

    Result guard(Run run, Supplier<Result> work) {
        try {
            return work.get();
        } catch (NotHeard unheard) {
            throw unheard;
        } catch (RuntimeException bug) {
            if (run.going().isEmpty() && run.past().isEmpty()) {
                throw bug;
            }
            return run.going().map(going -> rescue(going, bug)).orElseGet(() -> untold(run, bug));
        }
    }

    private Result rescue(Going going, RuntimeException bug) {
        try {
            return bringUp(going, bug);
        } catch (RuntimeException again) {
            return untold(going.run(), again);
        }
    }

    /** Nobody can tell what is true now, and to pass the exception on would leave that unsaid. */
    private Result untold(Run run, RuntimeException bug) {
        Problem problem = new Problem(
                "INTERNAL_ERROR",
                null,
                "tried to bring the service up but a step broke (" + bug
                        + "); see whether it is up, report this with the journal, then finish with: rollcall resume "
                        + run.id(),
                true);
        Event.RunEnded end = new Event.RunEnded(Outcome.FAILED, 6, true, Service.UNKNOWN, run.downtime(), problem);
        try {
            return finish.end(run, end);
        } catch (RuntimeException still) {
            LOGGER.log(System.Logger.Level.ERROR, "run " + run.id() + " could not be given its end", still);
            return run.result(end);
        }
    }

    private Result bringUp(Going going, RuntimeException bug) {
        Run run = going.run();
        run.found(Finding.error(
                "INTERNAL_ERROR",
                "a step broke (" + bug + "); the service is started again nevertheless",
                "report this with the journal"));
        Optional<Failure> stuck = awaitGone(going);
        if (stuck.isEmpty()) {
            new Remains(world, going).end();
        }
        Swept swept = new Swept(going, stuck);
        Verified verified = new VerifyStep(world).verify(new StartStep(world).start(swept));
        boolean up = verified.service() == Service.UP;
        return finish.end(
                run,
                new Event.RunEnded(
                        Outcome.FAILED,
                        up ? 5 : 6,
                        true,
                        verified.service(),
                        run.downtime(),
                        verified.failure().orElse(new Problem("INTERNAL_ERROR", null, "a step broke: " + bug, true))));
    }

    /** @return why there must not be a second one, if the old one does not go */
    private Optional<Failure> awaitGone(Going going) {
        Run run = going.run();
        Optional<ProcessIdentity> supervisord =
                going.site().supervisord(going.ledger().bootId());
        long began = run.clock().nanos();
        while (supervisord.filter(world.processes()::alive).isPresent()) {
            if (run.millisSince(began) >= ShutdownStep.budget(going).toMillis()) {
                return Optional.of(staying(going, supervisord.get()));
            }
            run.clock().pause(POLL);
        }
        return Optional.empty();
    }

    private Failure staying(Going going, ProcessIdentity supervisord) {
        Contact contact = world.supervisor().contact(going.site().server());
        return contact.up() && contact.pid() == supervisord.pid()
                ? Failure.refused(supervisord.pid(), "it answers")
                : Failure.unanswered(
                        supervisord.pid(), contact.detail(), going.run().id());
    }
}
