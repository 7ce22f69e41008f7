package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Step;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Supervisor.Contact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks supervisord to go and waits for its process, not for its socket: the socket is gone a second earlier. */
final class ShutdownStep {
    private static final Duration POLL = Duration.ofMillis(25);

    /** Between the end of supervisord's socket and its own there is more than a second. */
    private static final Duration LAST_BREATH = Duration.ofSeconds(10);

    private final World world;

    ShutdownStep(World world) {
        this.world = world;
    }

    public Stopped shutdown(Announced announced) {
        Persisted persisted = announced.persisted();
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
            run.voided().ifPresent(then -> going.aftermath().enterSilent(ledger));
            if (supervisord.isEmpty()) {
                new Rescan(world, going).extend();
                detail.skipped("supervisord is not running");
                return new Stopped(going, watch.leftovers(), false, Optional.empty());
            }
            if (run.past().isPresent() && !world.processes().alive(supervisord.get())) {
                new Rescan(world, going).extend();
                detail.skipped("supervisord had gone already");
                return new Stopped(going, watch.leftovers(), false, Optional.empty());
            }
            Contact contact = contact(going);
            if (!isSame(supervisord.get(), contact)) {
                return besideAnother(going, supervisord.get(), detail);
            }
            if (NotHeard.isTrueOf(run, site, contact)) {
                throw new NotHeard(run.id());
            }
            return take(going, supervisord.get(), detail);
        });
    }

    private Stopped take(Going going, ProcessIdentity supervisord, Run.Detail detail) {
        going.watch().askAgain();
        Consent consent = new Consent(world, going, supervisord);
        Consent.Answer answer = consent.await(budget(going));
        if (answer == Consent.Answer.UNKNOWN && !isSame(supervisord, contact(going))) {
            return besideAnother(going, supervisord, detail);
        }
        if (answer == Consent.Answer.RUNS_ON) {
            return untouched(going, Failure.refused(supervisord.pid(), consent.why()), detail);
        }
        if (answer == Consent.Answer.UNKNOWN) {
            String runId = going.run().id();
            return untouched(going, Failure.unanswered(supervisord.pid(), consent.why(), runId), detail);
        }
        boolean gone = answer == Consent.Answer.GONE;
        new Rescan(world, going).extend();
        if (gone) {
            reportOthers(going);
        }
        List<ProcessIdentity> leftovers = going.watch().leftovers();
        detail.say((gone ? "supervisord is gone" : "supervisord is still there") + ", " + leftovers.size()
                + (leftovers.size() == 1 ? " leftover" : " leftovers"));
        return new Stopped(going, leftovers, !gone, Optional.empty());
    }

    private static Stopped untouched(Going going, Failure failure, Run.Detail detail) {
        detail.failed(failure.problem().message());
        return new Stopped(going, List.of(), false, Optional.of(failure));
    }

    /** The old one has lost its socket to a new one: it is about to be gone, or lives on and cannot be asked. */
    private Stopped besideAnother(Going going, ProcessIdentity supervisord, Run.Detail detail) {
        Run run = going.run();
        Duration limit = run.past().isPresent() ? budget(going) : LAST_BREATH;
        long began = run.clock().nanos();
        while (world.processes().alive(supervisord) && run.millisSince(began) < limit.toMillis()) {
            going.watch().look();
            run.progress().waiting("the old supervisord to be gone");
            run.clock().pause(POLL);
        }
        detail.say("somebody else has started supervisord since the roll was taken");
        if (!world.processes().alive(supervisord)) {
            new Rescan(world, going).extend();
            return new Stopped(going, going.watch().leftovers(), false, Optional.empty());
        }
        // below a supervisord that lives they are no leftovers
        run.found(Finding.error(
                "SECOND_SUPERVISORD",
                "the old supervisord (pid " + supervisord.pid()
                        + ") lives on beside a new one and cannot be asked to go; it and its workers are left alone",
                "shut it down: kill " + supervisord.pid()));
        return new Stopped(going, List.of(), false, Optional.empty());
    }

    private Aftermath aftermath(Run run, Ledger ledger) {
        return new Aftermath(
                run.past().map(Journal.Reopened::entries).orElse(List.of()),
                ledger.bootId(),
                world.processes().bootId());
    }

    private Contact contact(Going going) {
        return world.supervisor().contact(going.site().server());
    }

    /** Somebody may have restarted it since the roll was taken: the new one is not shut down (S9). */
    private boolean isSame(ProcessIdentity supervisord, Contact contact) {
        return world.processes().alive(supervisord) && (!contact.up() || contact.pid() == supervisord.pid());
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

    static Duration budget(Going going) {
        return Optional.ofNullable(going.run().request().options().stopTimeout())
                .orElseGet(() -> StopBudget.of(going.site().programs()));
    }
}
