package dev.rollcall.trigger.queue;

import dev.rollcall.engine.Request;
import dev.rollcall.request.Targets;

/** Carries out runs, and knows how far each of them is. */
interface Carrier {
    /** What came of a try. */
    enum End {
        /** The run has an end in its journal. */
        OVER,
        /** Somebody else holds the target, or the disk is full: to be tried again. */
        NOT_YET,
        /** The engine stops before anything was changed: to be gone on with when it is back. */
        ABANDONED
    }

    /** What the journal of a run says. */
    enum Stage {
        /** There is none, or no line of it: the run has not begun, or was removed long after. */
        NONE,
        /** It has no end, and nothing was changed. */
        UNTOUCHED,
        /** It has no end, and the service may be down. */
        CUT_OFF,
        /** It is damaged from its first line on: nobody can tell what the run has done. */
        UNKNOWN,
        OVER
    }

    Stage stage(String runId);

    /** @param runId of a run that has not begun, or that was cut off */
    End carry(String runId, Request request);

    /** Finishes runs that were cut off with the service down, whoever had asked for them, one of each configuration, beside each other; tries each once. */
    void finish(Targets targets);

    /** Whether somebody holds the target of this request now. */
    boolean isHeld(Request request);

    /** Runs that have changed nothing yet are abandoned, others go on to their end; none begins any more. Returns at once. */
    void stop();
}
