package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;

/** Ends a run before anything was changed. Thrown inside a step, returned as {@link Refused} by it. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SERVICE_DOWN = 6;
    private final transient Problem problem;
    private final Outcome outcome;
    private final int exitCode;

    Refusal(Problem problem) {
        this(problem, Outcome.REFUSED, 4);
    }

    Refusal(Problem problem, Outcome outcome, int exitCode) {
        super(problem.message());
        this.problem = problem;
        this.outcome = outcome;
        this.exitCode = exitCode;
    }

    static Refusal atPreflight(String code, String message) {
        return new Refusal(new Problem(code, Step.PREFLIGHT, message, true));
    }

    /** The host's service manager did not say what must be known. */
    static Refusal silent(String message) {
        return atPreflight("SYSTEMD_SILENT", message);
    }

    Problem problem() {
        return problem;
    }

    /** Of a run that was cut off behind its shutdown: everything may not be as it was, and the run is not over. */
    Refused whileDown(Run run, Service service) {
        return new Refused(run, problem, Outcome.FAILED, SERVICE_DOWN, service);
    }

    Refused of(Run run) {
        return new Refused(run, problem, outcome, exitCode, Service.UNKNOWN);
    }
}
