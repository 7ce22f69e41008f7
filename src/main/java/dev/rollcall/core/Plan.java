package dev.rollcall.core;

import java.util.List;

/** What a restart would do: a verdict for each process, the reasons not to begin, and what a person should know. */
public record Plan(List<Verdict> verdicts, List<Problem> refusals, List<Finding> findings) {
    public Plan {
        verdicts = List.copyOf(verdicts);
        refusals = List.copyOf(refusals);
        findings = List.copyOf(findings);
    }
}
