package dev.rollcall.core;

/** The steps of a run, in their order; the word is the same in route, journal, result and log. */
public enum Step implements Word {
    PREFLIGHT,
    INSPECT,
    PERSIST,
    DRAIN,
    SHUTDOWN,
    KILL,
    START,
    VERIFY
}
