package dev.rollcall.engine;

import dev.rollcall.core.Options;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Step;
import dev.rollcall.port.Journal.JournalException;
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
            detail.say(pids.size() + " pids in " + writePids(options, pids));
            return new Persisted(run, inspected.site(), recorded, inspected.line());
        });
    }

    /** A file that the request names is the request's fault: the journal is whole, so the run gets its end there. */
    private Path writePids(Options options, List<Long> pids) throws Refusal {
        Optional<Path> named = Optional.ofNullable(options.pidfile()).map(Path::of);
        try {
            return world.journal().writePids(named, options.target(), pids);
        } catch (JournalException e) {
            if (named.isEmpty()) {
                throw e;
            }
            throw new Refusal(new Problem("PIDFILE_UNUSABLE", Step.PERSIST, e.getMessage(), true));
        }
    }
}
