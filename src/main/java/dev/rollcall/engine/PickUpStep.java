package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Recorded;

/** Takes a run up where it was cut off. Its roll is on disk: no new one is taken, and nothing is asked but what the roll holds. */
final class PickUpStep {
    private static final int SERVICE_DOWN = 6;

    private final Scouting scouting;

    PickUpStep(Scouting scouting) {
        this.scouting = scouting;
    }

    public Checked pickUp(Run run) {
        Journal.Reopened past =
                run.past().orElseThrow(() -> new IllegalStateException("a run that has nothing to be picked up"));
        Recorded roll = past.roll().orElseThrow(() -> new IllegalStateException("a shutdown without a roll"));
        try {
            Site site = scouting.site();
            site.findings().forEach(run::found);
            return new Drained(new Persisted(run, site, roll, scouting.line()));
        } catch (Refusal refusal) {
            // supervisord may be gone already: this is no refusal that leaves everything as it was
            return new Refused(run, refusal.problem(), Outcome.FAILED, SERVICE_DOWN);
        }
    }
}
