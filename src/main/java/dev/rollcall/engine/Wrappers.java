package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * runuser, su and sudo stop themselves when what runs below them is stopped, as a main process is before it is killed, and would stay so
 * for ever. Who stood above one and was awake before is let go on.
 */
final class Wrappers {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final int HIGHEST = 8;
    private static final Set<String> STOP_THEMSELVES = Set.of("su", "sudo", "runuser");

    private final World world;
    private final Going going;
    private final Set<ProcessIdentity> awake = new LinkedHashSet<>();
    private final Set<ProcessIdentity> seen = new HashSet<>();

    Wrappers(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** Before it is frozen: afterwards nobody can tell who was stopped by us. */
    void above(ProcessIdentity main) {
        Optional<ProcessEntry> process = world.processes().find(main.pid());
        boolean leftFrozen = seen.add(main)
                && isAfterCutOff()
                && process.filter(ProcessEntry::stopped).isPresent();
        Optional<ProcessEntry> next = process.flatMap(p -> parent(p, leftFrozen));
        for (int i = 0; i < HIGHEST && next.isPresent(); i++) {
            awake.add(identity(next.get()));
            next = next.flatMap(p -> parent(p, leftFrozen));
        }
    }

    /** Then a main process that is stopped was frozen by the run before, and who has stopped itself for that is still so. */
    private boolean isAfterCutOff() {
        return going.run().past().isPresent() || going.site().cutOff().isPresent();
    }

    /** A supervisord does not stop itself, and who is above that has nothing to do with the worker. */
    private Optional<ProcessEntry> parent(ProcessEntry entry, boolean leftFrozen) {
        return world.processes()
                .find(entry.ppid())
                .filter(p -> p.pid() > 1 && !p.isSupervisord())
                .filter(p -> !p.stopped() || leftFrozen && stopsItself(p))
                .filter(p -> !going.ledger().holds(identity(p)));
    }

    private static boolean stopsItself(ProcessEntry process) {
        return STOP_THEMSELVES.contains(process.exe().substring(process.exe().lastIndexOf('/') + 1));
    }

    /** Once the main processes are dead. One that ends for that reason needs nothing. */
    void wake(Killer killer) {
        long began = going.run().clock().nanos();
        awake.removeIf(this::isGone);
        while (!awake.isEmpty() && going.run().millisSince(began) < LIMIT.toMillis()) {
            awake.stream().filter(this::isStopped).forEach(killer::wake);
            going.run().clock().pause(POLL);
            awake.removeIf(this::isGone);
        }
    }

    private boolean isGone(ProcessIdentity identity) {
        return !world.processes().alive(identity);
    }

    private boolean isStopped(ProcessIdentity identity) {
        return world.processes()
                .find(identity.pid())
                .filter(p -> identity(p).equals(identity) && p.stopped())
                .isPresent();
    }

    private ProcessIdentity identity(ProcessEntry entry) {
        return entry.identity(going.ledger().bootId());
    }
}
