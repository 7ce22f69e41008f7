package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Request;
import dev.rollcall.request.Targets;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody asked for, with configuration and defaults filled in.
 *
 * @param journals which are kept
 * @param json whether the result is to be one JSON document
 */
record Resolved(Request request, Path stateDir, Retention journals, boolean json) {

    static Resolved of(CommonOptions common, RequestOptions asked, boolean dryRun) throws UsageException {
        OptionSet given = asked.given();
        boolean json = isJson(given);
        Config config = common.config();
        Targets targets = new Targets(config);
        Request request = targets.request(targets.options(given), asked.requestedBy(), dryRun);
        return new Resolved(request, common.stateDir(config), config.journals(), json);
    }

    private static boolean isJson(OptionSet given) throws UsageException {
        String output = given.text("output").orElse("text");
        if (!List.of("text", "json").contains(output)) {
            throw new UsageException("tried to read output but '" + output + "' is neither text nor json");
        }
        return output.equals("json");
    }
}
