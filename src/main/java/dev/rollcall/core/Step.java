package dev.rollcall.core;

import java.util.Locale;

/** The steps of a run, in their order; the word is the same in route, journal, result and log. */
public enum Step {
    PREFLIGHT,
    INSPECT,
    PERSIST,
    DRAIN,
    SHUTDOWN,
    KILL,
    START,
    VERIFY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
