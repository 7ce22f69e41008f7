package dev.rollcall.trigger;

import dev.rollcall.core.Problem;
import java.time.Instant;
import java.util.Optional;

/** What a trigger is told. */
public sealed interface Answer {
    /**
     * It is on disk and will be carried out, whatever happens to the engine.
     *
     * @param runId of the run that serves it
     * @param joined the run had been asked for by somebody else and waits
     * @param repeated the same key was used before; nothing new was accepted
     * @param notBefore the end of the blackout that it waits for
     */
    record Accepted(String runId, String target, boolean joined, boolean repeated, Optional<Instant> notBefore)
            implements Answer {}

    /** Nothing was accepted. */
    record Declined(Why why, Problem problem) implements Answer {}

    /** Of what kind the refusal is. */
    enum Why {
        /** Malformed, an unknown option, or one that triggers may not use. */
        BAD_REQUEST,
        /** No such target in the configuration. */
        UNKNOWN_TARGET,
        /** In a blackout, and neither {@code override} nor {@code defer} is asked for. */
        BLACKOUT,
        /** The key was used for another request. */
        KEY_REUSED,
        /** The engine is on its way out. */
        STOPPING,
        /** It cannot be written down: full disk, lost rights. */
        NOT_WRITABLE
    }
}
