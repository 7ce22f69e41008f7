package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Step;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks supervisord to go and waits for its process, not for its socket: the socket is gone a second earlier. */
final class ShutdownStep {
    private static final Duration POLL = Duration.ofMillis(25);

    private final World world;

    ShutdownStep(World world) {
        this.world = world;
    }

    public Stopped shutdown(Drained drained) {
        Persisted persisted = drained.persisted();
        Run run = persisted.run();
        Site site = persisted.site();
        Ledger ledger = new Ledger(run, persisted.recorded(), site.spared());
        Watch watch = new Watch(world, site, run, ledger, persisted.line());
        Going going = new Going(run, site, ledger, watch, persisted.line(), aftermath(run, ledger));
        return run.step(Step.SHUTDOWN, detail -> {
            Optional<ProcessIdentity> supervisord = site.supervisord(ledger.bootId());
            run.goes(going);
            run.serviceGoesDown();
            if (run.past().isPresent()) {
                going.aftermath().enter(ledger, world.processes(), run.clock().nanos());
            }
            if (supervisord.isEmpty()) {
                detail.skipped("supervisord is not running");
                return new Stopped(going, watch.leftovers(), false);
            }
            if (run.past().isPresent() && !world.processes().alive(supervisord.get())) {
                new Rescan(world, going).extend();
                detail.skipped("supervisord had gone already");
                return new Stopped(going, watch.leftovers(), false);
            }
            if (!isSame(going, supervisord.get())) {
                detail.say("somebody else has started supervisord since the roll was taken");
                boolean old = world.processes().alive(supervisord.get());
                // below a supervisord that lives they are no leftovers
                return new Stopped(going, old ? List.of() : watch.leftovers(), false);
            }
            if (run.past().isEmpty() || !isGoing(going)) {
                ask(going);
            }
            boolean gone = await(going, supervisord.get());
            new Rescan(world, going).extend();
            reportOthers(going);
            List<ProcessIdentity> leftovers = watch.leftovers();
            detail.say((gone ? "supervisord is gone" : "supervisord is still there") + ", " + leftovers.size()
                    + (leftovers.size() == 1 ? " leftover" : " leftovers"));
            return new Stopped(going, leftovers, !gone);
        });
    }

    private static Aftermath aftermath(Run run, Ledger ledger) {
        return new Aftermath(run.past().map(Journal.Reopened::entries).orElse(List.of()), ledger.bootId());
    }

    /** Somebody may have restarted it since the roll was taken: the new one is not shut down (S9). */
    private boolean isSame(Going going, ProcessIdentity supervisord) {
        Contact contact = world.supervisor().contact(going.site().server());
        return world.processes().alive(supervisord) && (!contact.up() || contact.pid() == supervisord.pid());
    }

    /** It was asked before this run was cut off, and has agreed. */
    private boolean isGoing(Going going) {
        return going.site().recipe().unit().isEmpty()
                && !world.supervisor().contact(going.site().server()).up();
    }

    /** What is no Celery worker is not ours to end; but a program behind a shell may run twice now, and somebody should know. */
    private void reportOthers(Going going) {
        Ledger ledger = going.ledger();
        Set<ProcessIdentity> spared = ledger.spared();
        for (ProcessEntry other : going.site().premises(going.site().table()).below()) {
            ProcessIdentity identity = other.identity(ledger.bootId());
            boolean known = ledger.holds(identity) || spared.contains(identity);
            if (!known && world.processes().alive(identity)) {
                going.run().found(VerifyStep.survived(other));
            }
        }
    }

    private void ask(Going going) {
        String unit = going.site().recipe().unit();
        if (!unit.isEmpty()) {
            Duration limit = budget(going).plusSeconds(30);
            CompletableFuture.supplyAsync(
                            () -> world.commands().run(world.starter().stop(unit, limit)))
                    .thenAccept(output -> reportStop(going.run(), unit, output));
            return;
        }
        try {
            world.supervisor().shutdown(going.site().server());
        } catch (RpcException e) {
            // it may have agreed and gone before it could say so: the wait tells
            going.run()
                    .found(Finding.warning(
                            "SHUTDOWN_UNCLEAR",
                            "tried to shut supervisord down but " + e.getMessage() + "; waiting for it nevertheless",
                            ""));
        }
    }

    private static void reportStop(Run run, String unit, Commands.Output output) {
        if (output.exit() != 0) {
            run.progress().waiting("systemctl stop " + unit + " said: " + output.err());
        }
    }

    private boolean await(Going going, ProcessIdentity supervisord) {
        Duration budget = budget(going);
        Run run = going.run();
        long began = run.clock().nanos();
        while (world.processes().alive(supervisord)) {
            if (run.millisSince(began) >= budget.toMillis()) {
                return false;
            }
            going.watch().look();
            // every request wakes supervisord's loop, which else looks once a second
            world.supervisor().contact(going.site().server());
            run.progress().waiting(going.watch().waitingFor());
            run.clock().pause(POLL);
        }
        going.watch().look();
        return true;
    }

    static Duration budget(Going going) {
        return Optional.ofNullable(going.run().request().options().stopTimeout())
                .orElseGet(() -> StopBudget.of(going.site().programs()));
    }
}
