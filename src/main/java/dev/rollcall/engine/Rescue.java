package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whatever breaks after the shutdown has begun, the service is started again (S8). */
final class Rescue {
    private static final Duration POLL = Duration.ofMillis(50);

    private final World world;

    Rescue(World world) {
        this.world = world;
    }

    Result guard(Run run, Supplier<Result> work) {
        try {
            return work.get();
        } catch (RuntimeException bug) {
            return run.going().map(going -> bringUp(going, bug)).orElseThrow(() -> bug);
        }
    }

    private Result bringUp(Going going, RuntimeException bug) {
        Run run = going.run();
        run.found(Finding.error(
                "INTERNAL_ERROR",
                "a step broke (" + bug + "); the service is started again nevertheless",
                "report this with the journal"));
        awaitGone(going);
        Verified verified =
                new VerifyStep(world).verify(new StartStep(world).start(new Swept(going, Optional.empty())));
        boolean up = verified.service() == Service.UP;
        run.note(new Event.RunEnded(
                Outcome.FAILED,
                up ? 5 : 6,
                true,
                verified.service(),
                run.downtime(),
                verified.failure().orElse(new Problem("INTERNAL_ERROR", null, "a step broke: " + bug, true))));
        return run.result();
    }

    private void awaitGone(Going going) {
        Optional<ProcessIdentity> supervisord =
                going.site().supervisord(going.ledger().bootId());
        long began = going.run().clock().nanos();
        while (supervisord.filter(world.processes()::alive).isPresent()
                && going.run().millisSince(began) < ShutdownStep.budget(going).toMillis()) {
            going.run().clock().pause(POLL);
        }
    }
}
