package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Service;

/** Nothing was changed and nothing will be, or nothing more. */
record Refused(Run run, Problem problem, Outcome outcome, int exitCode, Service service) implements Checked {
    @Override
    public boolean isRefused() {
        return true;
    }
}
