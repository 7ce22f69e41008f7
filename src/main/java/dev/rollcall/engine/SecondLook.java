package dev.rollcall.engine;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Bystanders;
import dev.rollcall.core.Exposure;
import dev.rollcall.core.Node;
import dev.rollcall.core.Planner;
import dev.rollcall.core.PoolProcesses;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Supervisor.RpcException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees right before the stop whether the roll is still true: a broker has been searched for and a hook called since, and meanwhile a
 * deploy may have restarted a worker, or a task may have detached what a stop would reach.
 */
final class SecondLook {
    private final World world;
    private final Persisted persisted;
    private final Roll roll;

    SecondLook(World world, Persisted persisted) {
        this.world = world;
        this.persisted = persisted;
        this.roll = persisted.recorded().roll();
    }

    /** @return the target as it is now, if its roll must be taken once more */
    Optional<Site> changed() {
        Site site = persisted.site();
        boolean same = site.isAnswered(world.supervisor().contact(site.server()), roll.bootId(), world.processes());
        // of another one, and of one that says nothing, the next step thinks for itself
        return same ? now(site).filter(this::isOther) : Optional.empty();
    }

    private Optional<Site> now(Site site) {
        Set<ProcessIdentity> spared = new HashSet<>(site.spared());
        roll.bystanders().forEach(b -> spared.add(b.identity(roll.bootId())));
        try {
            List<Program> programs = world.supervisor().programs(site.server(), site.conf());
            return Optional.of(site.now(programs, spared, world.processes().snapshot()));
        } catch (RpcException e) {
            return Optional.empty();
        }
    }

    private boolean isOther(Site now) {
        Premises premises = now.premises(now.table());
        return hasOtherMains(now, premises) || isExposed(now, premises);
    }

    private boolean hasOtherMains(Site now, Premises premises) {
        Set<ProcessIdentity> known =
                roll.nodes().stream().map(node -> node.identity(roll.bootId())).collect(Collectors.toSet());
        boolean fresh = premises.mains().stream()
                .filter(main -> !main.orphan())
                .anyMatch(main -> !known.contains(main.process().identity(roll.bootId())));
        return fresh || roll.nodes().stream().anyMatch(node -> !node.orphan() && hasSuccessor(node, now));
    }

    /** Of a program with an entry point of its own only an answer tells that it runs Celery. */
    private boolean hasSuccessor(Node node, Site now) {
        return !world.processes().alive(node.identity(roll.bootId()))
                && now.programs().stream().anyMatch(p -> p.fullName().equals(node.program()) && p.pid() > 0);
    }

    /** By the process table alone; if that says so, the workers are asked again before anything is refused. */
    private boolean isExposed(Site now, Premises premises) {
        List<Node> nodes =
                roll.nodes().stream().map(node -> grown(node, premises)).toList();
        List<Bystander> bystanders = new Bystanders(premises, nodes).list();
        Roll later = roll.withNodes(nodes).withBystanders(bystanders);
        Exposure exposure =
                new OwnUnit(world.starter(), now).with(Exposure.of(premises, bystanders), premises.table(), later);
        return !Planner.plan(
                        later,
                        now.programs(),
                        exposure,
                        persisted.run().request().options())
                .refusals()
                .isEmpty();
    }

    /** With the pool processes that it has forked since: they are no bystanders. */
    private Node grown(Node node, Premises premises) {
        Set<Long> known = node.processes().stream().map(Node.Pool::pid).collect(Collectors.toSet());
        ProcessTable table = premises.table();
        List<Node.Pool> more = table.get(node.pid()).filter(e -> table.holds(node.identity(roll.bootId()))).stream()
                .flatMap(main -> PoolProcesses.of(main, node.pool(), table.children(main.pid())).stream())
                .filter(child -> !known.contains(child.pid()))
                .map(Node.Pool::inTree)
                .toList();
        return node.withMore(more);
    }
}
