package dev.rollcall.core;

/** A process that was not killed, and why. */
public record Spared(long pid, Reason reason) {
    /** Why it was left alone. */
    public enum Reason {
        BYSTANDER,
        GONE,
        REUSED_PID,
        NOT_OURS
    }
}
