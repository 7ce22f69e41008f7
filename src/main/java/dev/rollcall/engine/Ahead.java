package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.port.Journal;
import java.util.ArrayList;
import java.util.List;

/** What a restart would meet before its own work: a run that holds the lock, or one to be finished first. Only a plan, which takes no lock, tells of it. */
final class Ahead {
    private Ahead() {}

    static List<Finding> of(Request request, Site site, World world) {
        List<Finding> ahead = new ArrayList<>();
        if (!request.dryRun()) {
            return ahead;
        }
        world.journal().holder(request.conf()).map(Ahead::busy).ifPresent(ahead::add);
        site.cutOff()
                .filter(run ->
                        run.supervisord().filter(world.processes()::alive).isPresent())
                .map(Ahead::unfinished)
                .ifPresent(ahead::add);
        return ahead;
    }

    private static Finding busy(Journal.Holder holder) {
        return Finding.warning(
                "TARGET_BUSY",
                "a restart ends with exit code 3 now: run " + holder.runId() + " (pid " + holder.pid() + ", by "
                        + holder.requestedBy() + ", since " + holder.since() + ") holds this supervisord",
                "wait for it, see: rollcall runs " + holder.runId());
    }

    private static Finding unfinished(CutOff run) {
        return Finding.warning(
                "CUT_OFF",
                "run " + run.runId() + " was cut off after its shutdown had begun, and its supervisord is still there;"
                        + " a restart finishes that run first",
                "what it did: rollcall runs " + run.runId());
    }
}
