package dev.rollcall.cli;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.Request;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result documents of requests that never became runs. */
final class Refusals {
    private static final int DEFECT = 1;

    private Refusals() {}

    /** @param runId the run that holds the target: a program can wait for it with {@code runs RUN_ID} */
    static Result busy(String runId, Request request, String sentence) {
        Problem problem = new Problem("TARGET_BUSY", null, sentence, true);
        return document(runId, request.options(), request.requestedBy(), Outcome.REFUSED, List.of(), problem, 3);
    }

    static Result document(Request request, Problem problem, int exitCode) {
        return document("", request.options(), request.requestedBy(), Outcome.REFUSED, List.of(), problem, exitCode);
    }

    /**
     * For a request that could not be read, or not whole.
     *
     * @param options as far as they are known
     */
    static Result document(Options options, String requestedBy, Problem problem, int exitCode) {
        Outcome outcome = exitCode == DEFECT ? Outcome.FAILED : Outcome.REFUSED;
        return document("", options, requestedBy, outcome, List.of(), problem, exitCode);
    }

    static Result nothingToDo(String run, String code, String sentence) {
        Finding finding = Finding.info(code, sentence, "");
        return document(run, Options.DEFAULTS, "cli", Outcome.NOTHING_TO_DO, List.of(finding), null, 0);
    }

    private static Result document(
            String run,
            Options options,
            String requestedBy,
            Outcome outcome,
            List<Finding> findings,
            @Nullable Problem problem,
            int exitCode) {
        return new Result(
                run,
                options.target(),
                options.scope(),
                options.token(),
                outcome,
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
                findings,
                problem,
                null);
    }
}
