package dev.rollcall.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request may ask for, under the same names everywhere.
 *
 * @param conf path of a supervisord.conf, or null for the target's
 * @param stopTimeout null is {@code auto}: what supervisord itself may need, plus ten seconds
 * @param killGrace between SIGTERM and SIGKILL; zero is SIGKILL at once
 * @param token a name for this restart: done once, it is not done again
 * @param override go on although the restart falls into a blackout
 */
public record Options(
        String target,
        @Nullable String conf,
        String scope,
        List<String> programs,
        Duration drain,
        @Nullable Duration stopTimeout,
        Duration killGrace,
        Duration startTimeout,
        Duration inspectTimeout,
        boolean requireAnswers,
        boolean allowBystanderLoss,
        @Nullable String token,
        @Nullable String pidfile,
        boolean override) {

    public static final Options DEFAULTS = new Options(
            "default",
            null,
            "supervisord",
            List.of(),
            Duration.ZERO,
            null,
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            false,
            false,
            null,
            null,
            false);

    public Options {
        programs = List.copyOf(programs);
    }
}
