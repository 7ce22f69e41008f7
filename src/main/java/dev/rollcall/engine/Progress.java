package dev.rollcall.engine;

import dev.rollcall.core.Event;

/** Whoever watches a run: a terminal, or nobody. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void happened(Event event) {}

        @Override
        public void waiting(String forWhat) {}
    };

    /** It holds its target from now on, and is in the journal. */
    default void underWay(String runId) {}

    void happened(Event event);

    /** What the run waits for now; repeated while it waits. */
    void waiting(String forWhat);
}
