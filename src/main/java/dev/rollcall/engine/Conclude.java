package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;

/** Ends a run that went through. */
final class Conclude {
    private final Finish finish;

    Conclude(Finish finish) {
        this.finish = finish;
    }

    public Result conclude(Verified verified) {
        Run run = verified.going().run();
        boolean up = verified.service() == Service.UP;
        Problem error = verified.failure().orElse(null);
        int exit = up ? (error != null || needsLook(run.result()) ? 5 : 0) : 6;
        Outcome outcome = error == null ? Outcome.SUCCEEDED : Outcome.FAILED;
        long downtime = verified.changed() ? run.downtime() : 0;
        return finish.end(
                run, new Event.RunEnded(outcome, exit, verified.changed(), verified.service(), downtime, error));
    }

    private static boolean needsLook(Result soFar) {
        return !soFar.survivors().isEmpty()
                || soFar.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
}
