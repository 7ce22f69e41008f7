package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Service;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Recorded;
import dev.rollcall.port.Supervisor.Contact;
import java.util.Optional;

/** Takes a run up where it was cut off. Its roll is on disk: no new one is taken, and nothing is asked but what the roll holds. */
final class PickUpStep {
    private static final int SERVICE_DOWN = 6;

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
            return new Refused(run, refusal.problem(), Outcome.FAILED, SERVICE_DOWN, service(run));
        }
    }

    private boolean runsOn(Run run, Site site, Recorded roll) {
        Optional<ProcessIdentity> then = site.supervisord(roll.roll().bootId()).filter(world.processes()::alive);
        Contact now = world.supervisor().contact(site.server());
        return NotHeard.isTrueOf(run, site, now)
                && then.filter(s -> s.pid() == now.pid()).isPresent();
    }

    /** Without a configuration nobody can be asked; but where no supervisord runs with it, nothing is up. */
    private Service service(Run run) {
        boolean runs = !new SupervisordFinder(world)
                .running(run.request().conf(), world.processes().snapshot())
                .isEmpty();
        return runs ? Service.UNKNOWN : Service.DOWN;
    }
}
