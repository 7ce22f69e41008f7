package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;

/** Nothing was changed and nothing will be. */
record Refused(Run run, Problem problem, Outcome outcome, int exitCode) implements Checked {
    @Override
    public boolean isRefused() {
        return true;
    }
}
