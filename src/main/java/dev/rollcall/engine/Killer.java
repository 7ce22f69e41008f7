package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Killed;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Spared;
import dev.rollcall.port.Processes;
import dev.rollcall.port.Processes.Delivery;
import dev.rollcall.port.Processes.Signal;
import java.util.HashSet;
import java.util.Set;

/** Sends signals, and only to what stands in the ledger. */
final class Killer {
    private final Processes processes;
    private final Run run;
    private final Ledger ledger;
    private final Set<ProcessIdentity> denied = new HashSet<>();

    Killer(Processes processes, Run run, Ledger ledger) {
        this.processes = processes;
        this.run = run;
        this.ledger = ledger;
    }

    /** KILL or TERM; the outcome is in the journal afterwards. */
    Delivery end(NodeWatch watch, ProcessIdentity target, Signal signal) {
        Delivery delivery = send(target, signal);
        switch (delivery) {
            case DELIVERED -> {
                run.note(new Event.WasKilled(new Killed(
                        target.pid(), target.startTicks(), watch.node().name(), watch.kind(target), signal.name())));
                watch.killedByUs(target);
            }
            case NOT_THE_SAME -> run.note(new Event.WasSpared(new Spared(target.pid(), Spared.Reason.REUSED_PID), 0));
            case DENIED -> denied.add(target);
            case GONE -> {}
        }
        return delivery;
    }

    /** EPERM is no death. */
    boolean wasDenied(ProcessIdentity target) {
        return denied.contains(target);
    }

    /** Keeps a main process from forking while its children are counted. KILL must follow. */
    void freeze(ProcessIdentity main) {
        send(main, Signal.STOP);
    }

    /**
     * Lets one go on that has stopped itself because of a freeze. It is spared, and on disk as such with its identity before it gets this
     * signal, which ends nobody.
     */
    void wake(ProcessIdentity wrapper) {
        if (ledger.spareOnDisk(wrapper)) {
            processes.signal(wrapper, Signal.CONT);
        }
    }

    /** A supervisord that has outlived its time and has no child left (S15). */
    void endSupervisord(ProcessIdentity supervisord) {
        send(supervisord, Signal.KILL);
    }

    private Delivery send(ProcessIdentity target, Signal signal) {
        if (!ledger.holds(target)) {
            throw new IllegalStateException("pid " + target.pid() + " is not on the recorded roll");
        }
        return processes.signal(target, signal);
    }
}
