package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks supervisord to go and finds out whether it does: only then may anybody below it be ended. To be silent, to refuse us or to have no socket
 * is no consent. A socket goes 1.3 s before its supervisord, but also by a cleaner of /tmp, or because the configuration names another one now.
 */
final class Consent {
    /** What has become of it. */
    enum Answer {
        GONE,
        /** It goes, and has not gone in time. */
        GOING,
        /** It answers that it runs, though it was asked. */
        RUNS_ON,
        /** Nobody knows whether it has heard. */
        UNKNOWN
    }

    private static final Duration POLL = Duration.ofMillis(25);

    /** What was sent may still lie in its socket; and one that was about to reload itself is up again. */
    private static final Duration CERTAIN = Duration.ofSeconds(3);

    private static final int SHUTTING_DOWN = 6;

    private final World world;
    private final Going going;
    private final ProcessIdentity supervisord;
    private final String unit;
    private boolean asked;
    private boolean agreed;
    private boolean queued;
    private boolean systemdAsked;
    private long askedAt;
    private long upSince;
    private Contact last = new Contact(Reach.SILENT, 0, "", "it has not answered yet");
    private String refusal = "";

    Consent(World world, Going going, ProcessIdentity supervisord) {
        this.world = world;
        this.going = going;
        this.supervisord = supervisord;
        this.unit = going.site().recipe().unit();
    }

    /** @param limit how long it may take to go once it goes */
    Answer await(Duration limit) {
        Run run = going.run();
        if (run.past().isEmpty() || !unit.isEmpty()) {
            ask();
        }
        long began = run.clock().nanos();
        while (world.processes().alive(supervisord)) {
            // every request wakes supervisord's loop, which else looks once a second
            hear(world.supervisor().contact(going.site().server()));
            if (systemdIsLeft()) {
                askSystemd();
            } else if (runsOn()) {
                return Answer.RUNS_ON;
            }
            if (run.millisSince(began) >= limit.toMillis()) {
                return agreed ? Answer.GOING : Answer.UNKNOWN;
            }
            going.watch().look();
            run.progress().waiting(going.watch().waitingFor());
            run.clock().pause(POLL);
        }
        going.watch().look();
        return Answer.GONE;
    }

    /** For people: why it is not known, or not believed, to be going. */
    String why() {
        String state = last.up() ? "it runs" : last.detail();
        return refusal.isEmpty() ? state : refusal + " (now: " + state + ")";
    }

    private void hear(Contact contact) {
        last = contact;
        boolean itself = contact.up() && contact.pid() == supervisord.pid();
        agreed = contact.reach() == Reach.STOPPING || agreed && !itself;
        if (itself && !asked) {
            throw new NotHeard(going.run().id());
        }
        upSince = !itself ? 0 : upSince == 0 ? going.run().clock().nanos() : upSince;
    }

    /** What systemd has queued may take its time, e.g. for a command that comes before supervisord's own stop. */
    private boolean runsOn() {
        return upSince != 0 && !queued && going.run().millisSince(upSince) >= CERTAIN.toMillis();
    }

    private void ask() {
        asked = true;
        askedAt = going.run().clock().nanos();
        boolean itself = unit.isEmpty()
                || going.site().unit().filter(Starter.Unit::stopsThroughMain).isPresent();
        if (itself) {
            askItself();
        } else {
            askSystemd();
        }
    }

    /** A unit need not let itself be asked. That its socket is gone is no reason yet: it may be about to end. */
    private boolean systemdIsLeft() {
        return !unit.isEmpty() && !systemdAsked && !agreed && going.run().millisSince(askedAt) >= CERTAIN.toMillis();
    }

    private void askItself() {
        try {
            world.supervisor().shutdown(going.site().server());
            agreed = true;
        } catch (RpcException e) {
            agreed = e.fault() == SHUTTING_DOWN;
            unclear("tried to shut supervisord down but " + e.getMessage() + "; waiting for it nevertheless");
        }
    }

    private void askSystemd() {
        systemdAsked = true;
        Optional<Starter.Unit> all = going.site().unit().filter(Starter.Unit::stopSignalsAll);
        all.filter(Starter.Unit::stopsThroughMain)
                .ifPresent(unforeseen -> going.run().found(OwnUnit.signalsAll(unforeseen)));
        if (all.isPresent()) {
            going.ledger().nodes().forEach(NodeWatch::poolSignalled);
        }
        Commands.Output output = world.commands().run(world.starter().stop(unit, CERTAIN.multipliedBy(10)));
        queued = output.exit() == 0;
        if (!queued) {
            unclear("tried to have systemd stop " + unit + " but systemctl said, with exit code " + output.exit() + ": "
                    + output.err().strip());
        }
    }

    private void unclear(String sentence) {
        refusal = sentence;
        going.run().found(Finding.warning("SHUTDOWN_UNCLEAR", sentence, ""));
    }
}
