package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Step;
import dev.rollcall.port.Processes.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Kills exactly those of the roll that are still there. A main process is frozen before its children are counted, so that none can be
 * forked between the count and the kill; then the host is looked over again until nothing new turns up.
 */
final class KillStep {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration FREEZE_POLL = Duration.ofMillis(1);
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(5);
    /** One that waits for a disk stops later, or never. */
    private static final Duration FREEZE_LIMIT = Duration.ofMillis(100);

    private static final int ROUNDS = 10;

    private final World world;

    KillStep(World world) {
        this.world = world;
    }

    public Swept kill(Stopped stopped) {
        Going going = stopped.going();
        return going.run().step(Step.KILL, detail -> {
            Killer killer = new Killer(world.processes(), going.run(), going.ledger());
            going.watch().askForLastWords();
            grace(going, killer);
            killAll(going, killer);
            List<ProcessIdentity> survivors = going.watch().leftovers();
            Survivors told = new Survivors(world, going);
            survivors.forEach(id -> told.tell(
                    id, killer.wasDenied(id) ? "the kernel did not permit SIGKILL" : "SIGKILL had no effect"));
            Optional<Failure> stuck = stopped.lingering() ? new Lingering(world, going).await() : Optional.empty();
            detail.say(survivors.isEmpty() ? "no leftover is alive" : survivors.size() + " could not be killed");
            return new Swept(going, stuck);
        });
    }

    private void grace(Going going, Killer killer) {
        Duration grace = going.run().request().options().killGrace();
        if (grace.isZero()) {
            return;
        }
        for (NodeWatch watch : going.ledger().nodes()) {
            boolean mainAlive = world.processes().alive(watch.main());
            List<ProcessIdentity> targets = mainAlive ? List.of(watch.main()) : watch.pool();
            targets.stream().filter(world.processes()::alive).forEach(id -> killer.end(watch, id, Signal.TERM));
        }
        awaitGone(going, grace);
    }

    /** A round that changes nothing is the last one: what has a KILL pending does no harm any more, and the service must not stay down for it. */
    private void killAll(Going going, Killer killer) {
        Wrappers wrappers = new Wrappers(world, going);
        List<ProcessIdentity> left = going.watch().leftovers();
        boolean moving = true;
        for (int round = 0; round < ROUNDS && !left.isEmpty() && moving; round++) {
            killOnce(going, killer, wrappers);
            new Rescan(world, going).extend();
            List<ProcessIdentity> now = going.watch().leftovers();
            moving = !now.equals(left);
            left = now;
        }
        wrappers.wake(killer);
    }

    /** All are frozen before anybody is counted, and the host is looked over once for all of them: a look at it takes long where there are many. */
    private void killOnce(Going going, Killer killer, Wrappers wrappers) {
        List<NodeWatch> hanging = going.ledger().nodes().stream()
                .filter(watch -> world.processes().alive(watch.main()))
                .toList();
        hanging.forEach(watch -> wrappers.above(watch.main()));
        hanging.forEach(watch -> killer.freeze(watch.main()));
        awaitFrozen(going, hanging);
        hanging.forEach(going.watch()::recount);
        if (!hanging.isEmpty()) {
            going.watch().lookAround();
        }
        hanging.forEach(watch -> killer.end(watch, watch.main(), Signal.KILL));
        for (NodeWatch watch : going.ledger().nodes()) {
            watch.pool().stream().filter(world.processes()::alive).forEach(id -> killer.end(watch, id, Signal.KILL));
        }
        awaitGone(going, DEATH_LIMIT);
    }

    /** A process that is told to stop finishes what it has the kernel do, and that may be a fork. */
    private void awaitFrozen(Going going, List<NodeWatch> hanging) {
        long began = going.run().clock().nanos();
        while (hanging.stream().anyMatch(watch -> runs(watch.main()))
                && going.run().millisSince(began) < FREEZE_LIMIT.toMillis()) {
            going.run().clock().pause(FREEZE_POLL);
        }
    }

    private boolean runs(ProcessIdentity main) {
        return world.processes().alive(main)
                && world.processes()
                        .find(main.pid())
                        .filter(e -> !e.stopped() && e.state() != 't')
                        .isPresent();
    }

    private void awaitGone(Going going, Duration limit) {
        long began = going.run().clock().nanos();
        while (!going.watch().leftovers().isEmpty() && going.run().millisSince(began) < limit.toMillis()) {
            going.watch().look();
            going.run().progress().waiting("leftovers to end");
            going.run().clock().pause(POLL);
        }
        going.watch().look();
    }
}
