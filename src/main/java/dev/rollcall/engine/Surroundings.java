package dev.rollcall.engine;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Bystanders;
import dev.rollcall.core.Exposure;
import dev.rollcall.core.Node;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import java.util.List;
import java.util.Set;

/** Whatever tasks detach while the nodes go away: it must be known as a bystander before its parent is gone. */
record Surroundings(World world, Site site, Ledger ledger) {

    void look() {
        Premises premises = site.premises(
                world.processes().snapshot(), site.alive().map(s -> s.pid()).orElse(0L), ledger.spared());
        // first: what has lost its node before anybody saw it looks detached, too
        premises.unsure().forEach(clone -> ledger.doubt(clone.identity(ledger.bootId())));
        List<Node> nodes = ledger.nodes().stream().map(NodeWatch::node).toList();
        List<Bystander> bystanders = new Bystanders(premises, nodes).list();
        Set<Long> reached = Exposure.of(premises, bystanders).reached(site.programs());
        Set<ProcessIdentity> known = ledger.spared();
        for (Bystander other : bystanders) {
            ProcessIdentity identity = other.identity(ledger.bootId());
            if (!ledger.holds(identity) && !known.contains(identity)) {
                ledger.spare(identity);
                if (reached.contains(other.pid()) && hasDetached(other, premises)) {
                    ledger.watch(identity);
                }
            }
        }
    }

    /** By itself: what is below a worker ends with its task, and what a node that is gone has left was below it. */
    private boolean hasDetached(Bystander other, Premises premises) {
        boolean below = premises.table().get(other.pid()).stream()
                .flatMap(premises.table()::ancestors)
                .map(this::identity)
                .anyMatch(ledger::holdsWorker);
        return !below
                && ledger.nodes().stream()
                        .filter(watch ->
                                other.node().isEmpty() || watch.node().name().equals(other.node()))
                        .noneMatch(NodeWatch::isGone);
    }

    private ProcessIdentity identity(ProcessEntry entry) {
        return entry.identity(ledger.bootId());
    }
}
