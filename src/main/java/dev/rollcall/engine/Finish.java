package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Event.StepDone.Ended;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.port.Journal;
import java.util.List;
import java.util.Optional;

/** Gives a run its end. Whoever wanted to be told of it is told first, so that what goes wrong there still gets into the result. */
final class Finish {
    private final Hooks hooks;

    Finish(Hooks hooks) {
        this.hooks = hooks;
    }

    Result end(Run run, Event.RunEnded end) {
        due(run, end)
                .flatMap(hook -> hooks.call(hook, run, run.result(end), () -> {}))
                .ifPresent(trouble -> run.found(Finding.warning("HOOK_FAILED", trouble, "")));
        run.note(end);
        return run.result();
    }

    private static Optional<Hook> due(Run run, Event.RunEnded end) {
        Optional<Hook> hook = run.request().dryRun() ? Optional.empty() : of(end.outcome());
        return hook.filter(h -> !isTold(run, h));
    }

    private static Optional<Hook> of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> Optional.of(Hook.AFTER_RESTART);
            case FAILED, REFUSED -> Optional.of(Hook.ON_FAILURE);
            case NOTHING_TO_DO, PLANNED, RUNNING, INTERRUPTED -> Optional.empty();
        };
    }

    /** The run was cut off between the hook and its own end. What an earlier end was told of is not this one. */
    private static boolean isTold(Run run, Hook hook) {
        List<Entry> past = run.past().map(Journal.Reopened::entries).orElse(List.of());
        boolean told = false;
        for (Entry entry : past) {
            if (entry.event() instanceof Event.HookCalled called) {
                told |= called.hook().equals(hook.word()) && called.how() == Ended.OK;
            } else if (entry.event() instanceof Event.RunEnded) {
                told = false;
            }
        }
        return told;
    }
}
