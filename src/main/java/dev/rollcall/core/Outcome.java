package dev.rollcall.core;

/** How a run ended. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    REFUSED,
    NOTHING_TO_DO,
    PLANNED,
    RUNNING,
    INTERRUPTED
}
