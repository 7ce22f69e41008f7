package dev.rollcall.cli;

import dev.rollcall.calendar.Blackouts;
import dev.rollcall.config.Config;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Window;
import dev.rollcall.engine.Request;
import dev.rollcall.request.Targets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asked for, with configuration and defaults filled in.
 *
 * @param journals which are kept
 * @param routesDir with route files of the user's
 * @param json whether the result is to be one JSON document
 */
record Resolved(Request request, Path stateDir, Retention journals, Optional<Path> routesDir, boolean json) {

    static Resolved of(CommonOptions common, RequestOptions asked, boolean dryRun) throws UsageException {
        OptionSet given = asked.given();
        boolean json = isJson(given);
        refuseToWait(given);
        Config config = common.config();
        Targets targets = new Targets(config);
        Request request = targets.request(targets.options(given), asked.requestedBy(), dryRun)
                .in(blackout(config));
        Path stateDir = dryRun ? common.stateDir(config) : common.trustedStateDir(config);
        return new Resolved(request, stateDir, config.journals(), config.routesDir(), json);
    }

    /** What a run was asked for, with today's settings of its target. */
    static Request again(Config config, Event.Requested asked) {
        return new Targets(config).again(asked).in(blackout(config));
    }

    /** As the packaged routes have it. */
    Resolved withoutRoutes() {
        return new Resolved(request, stateDir, journals, Optional.empty(), json);
    }

    private static void refuseToWait(OptionSet given) throws UsageException {
        if (given.defers()) {
            throw new UsageException(
                    "tried to use defer but only a trigger of the engine waits for the end of a blackout; leave it out, or go through with --override");
        }
    }

    /** Without blackouts nothing of Quartz is loaded. */
    private static Optional<Window> blackout(Config config) {
        return config.blackouts().isEmpty() ? Optional.empty() : new Blackouts(config.blackouts()).at(Instant.now());
    }

    private static boolean isJson(OptionSet given) throws UsageException {
        String output = given.text("output").orElse("text");
        if (!List.of("text", "json").contains(output)) {
            throw new UsageException(
                    "tried to read output but '" + output + "' is neither text nor json; write one of them");
        }
        return output.equals("json");
    }
}
