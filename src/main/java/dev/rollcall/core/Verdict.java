package dev.rollcall.core;

/**
 * What is to become of one process that was seen, and why. Every process on the roll has exactly one.
 *
 * @param node the node it belongs to or descends from, or empty
 */
public record Verdict(long pid, long startTicks, String node, Fate fate, String why) {
    /** Unknown is {@code SPARE}. */
    public enum Fate {
        /** Killed after the stop: an orphan of an earlier life. */
        KILL,
        /** Killed after the stop if it is still there. */
        KILL_IF_LEFT,
        SPARE
    }
}
