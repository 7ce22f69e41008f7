package dev.rollcall.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long supervisord may need to stop everything by its own rules. */
public final class StopBudget {
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** For ever, and still to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private StopBudget() {}

    /** Groups stop one after the other, the programs of one group together; plus ten seconds. */
    public static Duration of(List<Program> programs) {
        Map<String, Integer> byGroup = new HashMap<>();
        for (Program program : programs) {
            if (program.pid() > 0 || program.wanted()) {
                byGroup.merge(program.group(), program.stopWaitSecs(), Math::max);
            }
        }
        // two seconds a group: supervisord looks once a second whether a group is gone
        long seconds =
                byGroup.values().stream().mapToLong(s -> Math.max(0, s) + 2L).sum();
        return Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())).plus(MARGIN);
    }
}
