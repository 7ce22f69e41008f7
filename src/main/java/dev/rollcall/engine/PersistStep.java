package dev.rollcall.engine;

import dev.rollcall.core.Options;
import dev.rollcall.core.Step;
import dev.rollcall.port.Recorded;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes down what was found before anything is touched (S4). */
final class PersistStep {
    private final World world;
    private final Interrupt interrupt;

    PersistStep(World world, Interrupt interrupt) {
        this.world = world;
        this.interrupt = interrupt;
    }

    public Checked persist(Inspected inspected) {
        try {
            return write(inspected);
        } catch (Refusal refusal) {
            return refusal.of(inspected.run());
        }
    }

    private Persisted write(Inspected inspected) throws Refusal {
        Run run = inspected.run();
        Options options = run.request().options();
        return run.step(Step.PERSIST, detail -> {
            interrupt.check(Step.PERSIST);
            new Recipes(world.supervisor(), world.starter(), run.request())
                    .keep(inspected.site().conf(), inspected.site().recipe());
            Recorded recorded = run.record(inspected.taken());
            List<Long> pids = inspected.roll().pids();
            Path file = world.journal()
                    .writePids(Optional.ofNullable(options.pidfile()).map(Path::of), options.target(), pids);
            detail.say(pids.size() + " pids in " + file);
            return new Persisted(run, inspected.site(), recorded, inspected.line());
        });
    }
}
