package dev.rollcall.cli;

import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.Request;
import java.time.Instant;
import java.util.List;

/** Result documents of requests that never became runs. */
final class Refusals {
    private Refusals() {}

    static Result busy(Request request, String sentence) {
        return document(request.options(), request.requestedBy(), new Problem("TARGET_BUSY", null, sentence, true), 3);
    }

    /** For a request that could not even be read. */
    static Result document(Problem problem, int exitCode) {
        return document(Options.DEFAULTS, "cli", problem, exitCode);
    }

    private static Result document(Options options, String requestedBy, Problem problem, int exitCode) {
        return new Result(
                "",
                options.target(),
                options.scope(),
                options.token(),
                Outcome.REFUSED,
                exitCode,
                false,
                Service.UNKNOWN,
                false,
                requestedBy,
                Instant.now(),
                0,
                0,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                problem,
                null);
    }
}
