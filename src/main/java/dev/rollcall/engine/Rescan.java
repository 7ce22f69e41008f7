package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Main;
import dev.rollcall.core.Node;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Roster;
import dev.rollcall.port.Supervisor.Contact;
import java.util.ArrayList;
import java.util.List;

/** Looks the host over again for workers of the old life that are on no roll yet, e.g. forked while their main process was dying. */
final class Rescan {
    private final World world;
    private final Going going;

    Rescan(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** Adds what it finds to the ledger, by way of the journal. */
    void extend() {
        List<Node> late = new ArrayList<>();
        ProcessTable table = world.processes().snapshot();
        for (Node node : strangers(table)) {
            if (isUnsure(node, table)) {
                spare(node);
            } else {
                late.add(node);
            }
        }
        going.ledger().extend(late);
    }

    /** A clone of a worker on the roll that was never seen as its child: a pool process, or what a task has forked and detached. */
    private boolean isUnsure(Node node, ProcessTable table) {
        boolean ofRoll = table.get(node.pid())
                .filter(late -> going.ledger().nodes().stream()
                        .flatMap(w -> going.site().table().get(w.main().pid()).stream())
                        .anyMatch(main -> main.pgid() == late.pgid()))
                .isPresent();
        boolean parentless = table.get(node.pid())
                .flatMap(late -> table.get(late.ppid()))
                .filter(parent -> !parent.marks().isEmpty())
                .isEmpty();
        ProcessIdentity identity = new ProcessIdentity(node.pid(), node.startTicks(), table.bootId());
        return ofRoll
                && parentless
                && node.processes().isEmpty()
                && !going.ledger().holds(identity);
    }

    private void spare(Node node) {
        going.ledger()
                .spare(new ProcessIdentity(
                        node.pid(), node.startTicks(), going.ledger().bootId()));
        going.run()
                .found(Finding.error(
                        "CLONE_SPARED",
                        "process " + node.pid() + " looks like a pool process of " + node.name()
                                + " but may have been forked and detached by a task; it was spared",
                        "look at it, and end it by hand if it is a pool process"));
    }

    /** Orphans that are alive now; none that is below a supervisord, be it the old one or one that somebody started meanwhile. */
    List<Node> strangers() {
        return strangers(world.processes().snapshot());
    }

    private List<Node> strangers(ProcessTable table) {
        Site site = going.site();
        Contact contact = world.supervisor().contact(site.server());
        long supervisord =
                contact.up() ? contact.pid() : site.alive().map(s -> s.pid()).orElse(0L);
        Premises premises = site.premises(table, supervisord, going.ledger().spared());
        List<Main> orphans = premises.mains().stream().filter(Main::orphan).toList();
        return new Roster(premises, world.processes().host(), List.of()).nodes(orphans);
    }
}
