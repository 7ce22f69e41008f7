package dev.rollcall.core;

/**
 * How a process shares the processors with others. Children are born with it, so whoever calls Rollcall under {@code nice} would pass it
 * on to the workers for good.
 *
 * @param cpus which it may run on, as in {@code Cpus_allowed_list}, e.g. {@code 0-3,8}; empty if the kernel does not tell
 */
public record Scheduling(int nice, String cpus) {
    private static final int LOWEST = -20;
    private static final int HIGHEST = 19;

    /** Numbers of six digits are no processors. */
    public boolean isPossible() {
        return nice >= LOWEST && nice <= HIGHEST && cpus.matches("(?!.*[0-9]{6})[0-9,-]*");
    }
}
