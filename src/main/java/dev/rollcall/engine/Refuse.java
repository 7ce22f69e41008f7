package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import org.jspecify.annotations.Nullable;

/** Ends a run that changes nothing, or nothing more. */
final class Refuse {
    private final Finish finish;

    Refuse(Finish finish) {
        this.finish = finish;
    }

    public Result refuse(Refused refused) {
        Run run = refused.run();
        @Nullable Problem error = refused.outcome() == Outcome.NOTHING_TO_DO ? null : refused.problem();
        return finish.end(
                run,
                new Event.RunEnded(
                        refused.outcome(), refused.exitCode(), run.isDown(), refused.service(), run.downtime(), error));
    }
}
