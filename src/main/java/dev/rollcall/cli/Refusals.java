package dev.rollcall.cli;

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
        return new Result(
                "",
                request.options().target(),
                request.options().scope(),
                request.options().token(),
                Outcome.REFUSED,
                3,
                false,
                Service.UNKNOWN,
                request.dryRun(),
                request.requestedBy(),
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
                new Problem("TARGET_BUSY", null, sentence, true),
                null);
    }
}
