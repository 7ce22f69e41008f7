package dev.rollcall.linux;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.port.Processes.Delivery;
import dev.rollcall.port.Processes.Signal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The only class that sends signals. S1: the identity is read again right before. S2: pid 0, 1, negative ones,
 * ourselves and our ancestors are {@code DENIED}, whatever the roll says.
 */
final class Signaller {
    /** What a second look at an identity says. */
    enum Sight {
        ALIVE,
        GONE,
        ANOTHER
    }

    private final Path proc;
    private final String bootId;
    private final KillProgram kill;

    Signaller(Path proc, String bootId, KillProgram kill) {
        this.proc = proc;
        this.bootId = bootId;
        this.kill = kill;
    }

    Delivery signal(ProcessIdentity target, Signal signal) {
        if (target.pid() <= 1 || ourLine().contains(target.pid())) {
            return Delivery.DENIED;
        }
        // the handle first: it remembers the start time and compares it once more when it signals
        Optional<ProcessHandle> handle = ProcessHandle.of(target.pid());
        Sight sight = look(target);
        if (sight != Sight.ALIVE || handle.isEmpty()) {
            return verdict(sight, Delivery.GONE);
        }
        return switch (signal) {
            case TERM -> confirmed(target, handle.get().destroy());
            case KILL -> confirmed(target, handle.get().destroyForcibly());
            case STOP -> stop(target);
            case CONT -> confirmed(target, kill.send("CONT", target.pid()));
        };
    }

    Sight look(ProcessIdentity identity) {
        if (!identity.bootId().equals(bootId)) {
            return Sight.ANOTHER;
        }
        ProcReader reader = ProcReader.statOnly(proc);
        Optional<StatLine> now = reader.stat(identity.pid());
        if (now.isEmpty() && reader.hidden(identity.pid())) {
            throw ProcReader.refused("look at process " + identity.pid(), "run as root or as its user");
        }
        return now.map(stat -> seen(stat, identity)).orElse(Sight.GONE);
    }

    private static Sight seen(StatLine now, ProcessIdentity identity) {
        if (now.startTicks() != identity.startTicks()) {
            return Sight.ANOTHER;
        }
        return now.ended() ? Sight.GONE : Sight.ALIVE;
    }

    /** STOP goes by pid alone, through another program: a process that got the pid meanwhile is let go on. */
    private Delivery stop(ProcessIdentity target) {
        boolean sent = kill.send("STOP", target.pid());
        if (sent && look(target) == Sight.ANOTHER) {
            kill.send("CONT", target.pid());
            return Delivery.NOT_THE_SAME;
        }
        return confirmed(target, sent);
    }

    /** "Not sent" means that it had just ended or that we may not: only another look tells. */
    private Delivery confirmed(ProcessIdentity target, boolean sent) {
        return sent ? Delivery.DELIVERED : verdict(look(target), Delivery.DENIED);
    }

    private static Delivery verdict(Sight sight, Delivery ifAlive) {
        return switch (sight) {
            case GONE -> Delivery.GONE;
            case ANOTHER -> Delivery.NOT_THE_SAME;
            case ALIVE -> ifAlive;
        };
    }

    /** Ourselves and everything above us, as it is now: a parent that ended has been replaced. */
    private Set<Long> ourLine() {
        ProcReader reader = ProcReader.statOnly(proc);
        Set<Long> line = new HashSet<>();
        long pid = ProcessHandle.current().pid();
        while (pid > 0 && line.add(pid)) {
            pid = reader.stat(pid).map(StatLine::ppid).orElse(0L);
        }
        return line;
    }
}
