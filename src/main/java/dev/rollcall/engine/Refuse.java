package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Result;

/** Ends a run that changes nothing, or nothing more. */
final class Refuse {
    private final Finish finish;

    Refuse(Finish finish) {
        this.finish = finish;
    }

    public Result refuse(Refused refused) {
        Run run = refused.run();
        return finish.end(
                run,
                new Event.RunEnded(
                        refused.outcome(),
                        refused.exitCode(),
                        run.isDown() || run.hasFinishedAnother(),
                        refused.service(),
                        run.downtime(),
                        refused.problem()));
    }
}
