package dev.rollcall.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

    /**
     * One restart of the same target for two who ask: of two wishes the more careful one counts, of two times the longer. Under two tokens it is neither's alone,
     * so that one which is done does not keep the other from being served.
     */
    public Options and(Options other) {
        boolean everything = programs.isEmpty() || other.programs.isEmpty();
        return new Options(
                target,
                conf,
                scope.equals(other.scope) ? scope : DEFAULTS.scope,
                everything
                        ? List.of()
                        : Stream.concat(programs.stream(), other.programs.stream())
                                .distinct()
                                .toList(),
                longer(drain, other.drain),
                stopTimeout == null || other.stopTimeout == null ? null : longer(stopTimeout, other.stopTimeout),
                longer(killGrace, other.killGrace),
                longer(startTimeout, other.startTimeout),
                longer(inspectTimeout, other.inspectTimeout),
                requireAnswers || other.requireAnswers,
                allowBystanderLoss && other.allowBystanderLoss,
                Objects.equals(token, other.token) ? token : null,
                Objects.equals(pidfile, other.pidfile) ? pidfile : null,
                override || other.override);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
