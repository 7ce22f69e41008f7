package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Step;
import java.util.Optional;

/** Calls the user's hook as the last thing before the stop. It may object: nothing is changed then. */
final class AnnounceStep {
    private final Hooks hooks;
    private final Interrupt interrupt;

    AnnounceStep(Hooks hooks, Interrupt interrupt) {
        this.hooks = hooks;
        this.interrupt = interrupt;
    }

    public Checked announce(Drained drained) {
        Run run = drained.persisted().run();
        try {
            Optional<String> trouble =
                    hooks.call(Hook.BEFORE_SHUTDOWN, run, run.result(), () -> interrupt.check(Step.SHUTDOWN));
            if (trouble.isPresent()) {
                throw new Refusal(new Problem("HOOK_FAILED", Step.SHUTDOWN, trouble.get(), true));
            }
            // the last moment to turn back
            interrupt.defer(Step.SHUTDOWN);
            return new Announced(drained.persisted());
        } catch (Refusal refusal) {
            return refusal.of(run);
        }
    }
}
