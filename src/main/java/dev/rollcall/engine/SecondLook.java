package dev.rollcall.engine;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Bystanders;
import dev.rollcall.core.Exposure;
import dev.rollcall.core.Node;
import dev.rollcall.core.Planner;
import dev.rollcall.core.PoolProcesses;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.RpcException;
import java.util.ArrayList;
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
        Contact contact = world.supervisor().contact(site.server());
        boolean same = contact.up()
                && site.supervisord(roll.bootId())
                        .filter(s ->
                                s.pid() == contact.pid() && world.processes().alive(s))
                        .isPresent();
        // of another one, and of one that says nothing, the next step thinks for itself
        return same ? now(site).filter(this::isOther) : Optional.empty();
    }

    private Optional<Site> now(Site site) {
        Set<ProcessIdentity> spared = new HashSet<>(site.spared());
        roll.bystanders().forEach(b -> spared.add(new ProcessIdentity(b.pid(), b.startTicks(), roll.bootId())));
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
                roll.nodes().stream().map(this::identity).collect(Collectors.toCollection(HashSet::new));
        boolean fresh = premises.mains().stream()
                .filter(main -> !main.orphan())
                .anyMatch(main -> !known.contains(main.process().identity(roll.bootId())));
        return fresh || roll.nodes().stream().anyMatch(node -> !node.orphan() && hasSuccessor(node, now));
    }

    /** Of a program with an entry point of its own only an answer tells that it runs Celery. */
    private boolean hasSuccessor(Node node, Site now) {
        return !world.processes().alive(identity(node))
                && now.programs().stream().anyMatch(p -> p.fullName().equals(node.program()) && p.pid() > 0);
    }

    private ProcessIdentity identity(Node node) {
        return new ProcessIdentity(node.pid(), node.startTicks(), roll.bootId());
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
    private static Node grown(Node node, Premises premises) {
        Set<Long> known = node.processes().stream().map(Node.Pool::pid).collect(Collectors.toSet());
        Optional<ProcessEntry> main = premises.table().get(node.pid()).filter(e -> e.startTicks() == node.startTicks());
        List<Node.Pool> more = new ArrayList<>();
        main.ifPresent(m ->
                PoolProcesses.of(
                                m,
                                Optional.ofNullable(node.pool()).orElse("prefork"),
                                premises.table().children(m.pid()))
                        .stream()
                        .filter(child -> !known.contains(child.pid()))
                        .forEach(child ->
                                more.add(new Node.Pool(child.pid(), child.startTicks(), Set.of(Node.Source.TREE)))));
        return node.withMore(more);
    }
}
