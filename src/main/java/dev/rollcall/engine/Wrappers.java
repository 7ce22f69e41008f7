package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import java.time.Duration;
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

    private final World world;
    private final Going going;
    private final Set<ProcessIdentity> awake = new LinkedHashSet<>();

    Wrappers(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** Before it is frozen: afterwards nobody can tell who was stopped by us. */
    void above(ProcessIdentity main) {
        Optional<ProcessEntry> next = world.processes().find(main.pid()).flatMap(this::parent);
        for (int i = 0; i < HIGHEST && next.isPresent(); i++) {
            awake.add(identity(next.get()));
            next = next.flatMap(this::parent);
        }
    }

    /** A supervisord does not stop itself, and who is above that has nothing to do with the worker. */
    private Optional<ProcessEntry> parent(ProcessEntry entry) {
        return world.processes()
                .find(entry.ppid())
                .filter(p -> p.pid() > 1 && !p.stopped() && !p.isSupervisord())
                .filter(p -> !going.ledger().holds(identity(p)));
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
