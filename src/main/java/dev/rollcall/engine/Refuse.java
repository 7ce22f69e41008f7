package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import org.jspecify.annotations.Nullable;

/** Ends a run that changes nothing, or nothing more. */
final class Refuse {
    public Result refuse(Refused refused) {
        Run run = refused.run();
        @Nullable Problem error = refused.problem();
        if (refused.outcome() == Outcome.NOTHING_TO_DO) {
            run.found(Finding.info(error.code(), error.message(), ""));
            error = null;
        }
        boolean changed = run.isDown() || run.hasFinishedAnother();
        run.note(new Event.RunEnded(
                refused.outcome(), refused.exitCode(), changed, refused.service(), run.downtime(), error));
        return run.result();
    }
}
