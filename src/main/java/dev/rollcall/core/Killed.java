package dev.rollcall.core;

/**
 * A process that was sent a signal.
 *
 * @param signal KILL or TERM
 */
public record Killed(long pid, long startTicks, String node, Kind kind, String signal) {
    /** What it was. */
    public enum Kind implements Word {
        MAIN,
        POOL
    }
}
