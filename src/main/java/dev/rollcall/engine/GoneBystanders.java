package dev.rollcall.engine;

import dev.rollcall.core.DetachedWorkers;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Spared;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells of bystanders, of the roll or of later, that are not there any more, though Rollcall did not signal them. */
record GoneBystanders(World world, Going going) {
    /** A program's own stop may reach further than supervisord's: timeout(1) signals its whole process group. */
    void tell() {
        if (!going.ledger().bootId().equals(world.processes().bootId())) {
            going.run()
                    .found(Finding.info(
                            "HOST_REBOOTED", "the host was rebooted since; no process of then can be alive", ""));
            return;
        }
        boolean allowed = going.run().request().options().allowBystanderLoss();
        Set<Long> workers = workers();
        for (ProcessIdentity bystander : going.ledger().watched()) {
            if (!world.processes().alive(bystander)) {
                going.run()
                        .note(new Event.WasSpared(
                                new Spared(bystander.pid(), Spared.Reason.GONE), bystander.startTicks()));
                going.run().found(gone(bystander.pid(), allowed || isBelow(workers, bystander.pid())));
            }
        }
    }

    private Set<Long> workers() {
        Stream<Long> held = going.ledger().nodes().stream()
                .flatMap(watch -> Stream.concat(Stream.of(watch.main()), watch.pool().stream()))
                .map(ProcessIdentity::pid);
        return Stream.concat(held, detached()).collect(Collectors.toSet());
    }

    /** Workers that their program has detached: it may end them itself when it is stopped. */
    private Stream<Long> detached() {
        DetachedWorkers workers =
                new DetachedWorkers(going.site().premises(going.site().table()));
        return workers.programs().stream()
                .flatMap(program -> workers.of(program).stream())
                .map(ProcessEntry::pid);
    }

    /** When the roll was taken: what no task has detached ends with its task, as a rule. */
    private boolean isBelow(Set<Long> workers, long pid) {
        ProcessTable table = going.site().table();
        return workers.contains(pid)
                || table.get(pid).stream().flatMap(table::ancestors).anyMatch(e -> workers.contains(e.pid()));
    }

    private static Finding gone(long pid, boolean mayBe) {
        return new Finding(
                "BYSTANDER_GONE",
                mayBe ? Finding.Severity.WARNING : Finding.Severity.ERROR,
                "bystander " + pid
                        + " is gone after the restart; Rollcall did not signal it, and it may have ended by itself",
                "if it should live on: does its program's own stop signal a whole process group, as timeout(1) does?");
    }
}
