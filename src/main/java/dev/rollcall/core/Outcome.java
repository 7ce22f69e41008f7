package dev.rollcall.core;

/** How a run ended. */
public enum Outcome implements Word {
    SUCCEEDED,
    FAILED,
    REFUSED,
    NOTHING_TO_DO,
    PLANNED,
    RUNNING,
    INTERRUPTED
}
