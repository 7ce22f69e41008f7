package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Node;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Spared;
import dev.rollcall.port.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The roll that is on disk, with everything that was added to it since. Only what stands here may be sent a signal (S1); whatever is
 * added is in the journal before it stands here.
 */
final class Ledger {
    private final Run run;
    private final String bootId;
    private final Map<ProcessIdentity, NodeWatch> nodes = new LinkedHashMap<>();
    private final Set<ProcessIdentity> recorded = new HashSet<>();
    private final Set<ProcessIdentity> spared = new HashSet<>();
    private final Set<ProcessIdentity> bystanders = new LinkedHashSet<>();
    private final Set<ProcessIdentity> watched = new LinkedHashSet<>();
    private final Set<ProcessIdentity> doubtful = new LinkedHashSet<>();

    Ledger(Run run, Recorded recorded, Set<ProcessIdentity> sparedBefore) {
        this.run = run;
        this.bootId = recorded.roll().bootId();
        recorded.roll().nodes().forEach(this::enter);
        Optional.ofNullable(recorded.roll().supervisord()).ifPresent(s -> this.recorded.add(s.identity(bootId)));
        spared.addAll(sparedBefore);
        recorded.roll().bystanders().forEach(b -> bystanders.add(b.identity(bootId)));
        spared.addAll(bystanders);
    }

    private void enter(Node node) {
        ProcessIdentity main = node.identity(bootId);
        nodes.computeIfAbsent(main, id -> new NodeWatch(id, node, run.clock().nanos()));
        recorded.add(main);
        node.processes().forEach(p -> recorded.add(p.identity(bootId)));
    }

    String bootId() {
        return bootId;
    }

    List<NodeWatch> nodes() {
        return List.copyOf(nodes.values());
    }

    boolean holds(ProcessIdentity identity) {
        return identity.bootId().equals(bootId) && recorded.contains(identity);
    }

    /** A main process or one of a pool. */
    boolean holdsWorker(ProcessIdentity identity) {
        return nodes.values().stream().anyMatch(watch -> watch.holds(identity));
    }

    Set<ProcessIdentity> spared() {
        return Set.copyOf(spared);
    }

    /** Those that were alive when this roll was taken, in its order. */
    List<ProcessIdentity> bystanders() {
        return List.copyOf(bystanders);
    }

    /** Those, and whatever was detached later where a stop signal reaches it: whoever of them is gone is named. */
    List<ProcessIdentity> watched() {
        return Stream.concat(bystanders.stream(), watched.stream()).distinct().toList();
    }

    void watch(ProcessIdentity bystander) {
        watched.add(bystander);
    }

    /** It may be a leftover: spared, and to be told of if it stays. */
    void doubt(ProcessIdentity clone) {
        if (!holds(clone) && !spared.contains(clone)) {
            spare(clone);
            doubtful.add(clone);
        }
    }

    /** Each is given once. */
    List<ProcessIdentity> takeDoubtful() {
        // what has turned out to be a worker of the roll meanwhile is no doubt any more
        List<ProcessIdentity> taken =
                doubtful.stream().filter(clone -> !holds(clone)).toList();
        doubtful.clear();
        return taken;
    }

    /** From now on, and in the runs to come. */
    void spare(ProcessIdentity bystander) {
        if (spared.add(bystander)) {
            run.note(wasSpared(bystander));
        }
    }

    /** @return whether that is on disk */
    boolean spareOnDisk(ProcessIdentity bystander) {
        if (!spared.contains(bystander) && run.noteOnDisk(wasSpared(bystander))) {
            spared.add(bystander);
        }
        return spared.contains(bystander);
    }

    private static Event wasSpared(ProcessIdentity bystander) {
        return new Event.WasSpared(new Spared(bystander.pid(), Spared.Reason.BYSTANDER), bystander.startTicks());
    }

    /** Pool processes that a main process on the roll has forked since. */
    void extend(NodeWatch watch, List<ProcessEntry> pool) {
        List<Node.Pool> fresh = new ArrayList<>();
        for (ProcessEntry process : pool) {
            if (!recorded.contains(process.identity(bootId))) {
                fresh.add(Node.Pool.inTree(process));
            }
        }
        if (!fresh.isEmpty()
                && run.noteOnDisk(new Event.RollExtended(List.of(watch.node().withOnly(fresh))))) {
            watch.add(fresh);
            fresh.forEach(p -> recorded.add(p.identity(bootId)));
        }
    }

    /** Nodes that turned up after the roll was taken. */
    void extend(List<Node> late) {
        List<Node> unknown = late.stream()
                .filter(n -> !recorded.contains(n.identity(bootId)))
                .toList();
        if (!unknown.isEmpty() && run.noteOnDisk(new Event.RollExtended(unknown))) {
            unknown.forEach(this::enter);
        }
    }
}
