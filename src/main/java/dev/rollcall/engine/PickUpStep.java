package dev.rollcall.engine;

import dev.rollcall.core.Service;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Recorded;
import dev.rollcall.port.Supervisor.Contact;

/** Takes a run up where it was cut off. Its roll is on disk: no new one is taken, and nothing is asked but what the roll holds. */
final class PickUpStep {
    private final World world;
    private final Scouting scouting;

    PickUpStep(World world, Scouting scouting) {
        this.world = world;
        this.scouting = scouting;
    }

    public Checked pickUp(Run run) {
        Journal.Reopened past =
                run.past().orElseThrow(() -> new IllegalStateException("a run that has nothing to be picked up"));
        Recorded roll = past.roll().orElseThrow(() -> new IllegalStateException("a shutdown without a roll"));
        try {
            Site site = scouting.site();
            if (runsOn(run, site, roll)) {
                throw new NotHeard(run.id());
            }
            site.findings().forEach(run::found);
            return new Announced(new Persisted(run, site, roll, scouting.line()));
        } catch (Refusal refusal) {
            // supervisord may be gone already: this is no refusal that leaves everything as it was
            return refusal.whileDown(run, service(run));
        }
    }

    private boolean runsOn(Run run, Site site, Recorded roll) {
        Contact now = world.supervisor().contact(site.server());
        return NotHeard.isTrueOf(run, site, now)
                && site.isAnswered(now, roll.roll().bootId(), world.processes());
    }

    /** Without a configuration nobody can be asked; but where no supervisord runs with it, nothing is up. */
    private Service service(Run run) {
        boolean runs = !new SupervisordFinder(world)
                .running(run.request().conf(), world.processes().snapshot())
                .isEmpty();
        return runs ? Service.UNKNOWN : Service.DOWN;
    }
}
