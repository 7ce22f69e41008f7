package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;

/** Ends a dry run. */
final class ShowPlan {
    public Result show(Inspected inspected) {
        Run run = inspected.run();
        run.show(inspected.taken());
        Service service = inspected.site().alive().isPresent() ? Service.UP : Service.DOWN;
        run.note(new Event.RunEnded(Outcome.PLANNED, 0, true, service, 0, null));
        return run.result();
    }
}
