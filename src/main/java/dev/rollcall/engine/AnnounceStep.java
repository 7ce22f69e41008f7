package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Step;
import java.util.Optional;

/**
 * Calls the user's hook as the last thing before the stop. It may object: nothing is changed then. If workers are others by then than on
 * the roll, that is taken once more.
 */
final class AnnounceStep {
    private final Hooks hooks;
    private final Interrupt interrupt;
    private final World world;
    private final InspectStep inspect;
    private final PersistStep persist;

    AnnounceStep(World world, Scouting scouting, Interrupt interrupt, Hooks hooks) {
        this.world = world;
        this.hooks = hooks;
        this.interrupt = interrupt;
        this.inspect = new InspectStep(world, scouting, interrupt);
        this.persist = new PersistStep(world, interrupt);
    }

    public Checked announce(Drained drained) {
        Run run = drained.persisted().run();
        try {
            Optional<String> trouble =
                    hooks.call(Hook.BEFORE_SHUTDOWN, run, run.result(), () -> interrupt.check(Step.SHUTDOWN));
            if (trouble.isPresent()) {
                throw new Refusal(new Problem("HOOK_FAILED", Step.SHUTDOWN, trouble.get(), true));
            }
            Checked now = upToDate(drained.persisted());
            if (now instanceof Persisted persisted) {
                // the last moment to turn back
                interrupt.defer(Step.SHUTDOWN);
                return new Announced(persisted);
            }
            return now;
        } catch (Refusal refusal) {
            return refusal.of(run);
        }
    }

    /** Once: a worker that dies again and again would be run after for ever. */
    private Checked upToDate(Persisted persisted) {
        Optional<Site> changed = new SecondLook(world, persisted).changed();
        if (changed.isEmpty()) {
            return persisted;
        }
        Checked again = inspect.inspect(new Cleared(persisted.run(), changed.get()));
        return again instanceof Inspected inspected ? persist.persist(inspected) : again;
    }
}
