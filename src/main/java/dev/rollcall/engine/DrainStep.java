package dev.rollcall.engine;

import dev.rollcall.core.Step;

/** Takes the nodes off their queues and waits for active tasks; off unless asked. */
final class DrainStep {
    public Drained drain(Persisted persisted) {
        return persisted.run().step(Step.DRAIN, detail -> {
            detail.skipped("not asked for");
            return new Drained(persisted);
        });
    }
}
