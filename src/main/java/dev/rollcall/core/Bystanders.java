package dev.rollcall.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what the tasks of these nodes started, below them or detached; everything that is not on the roll is spared. */
public final class Bystanders {
    private final Premises premises;
    private final Map<Long, Node> byProcess = new HashMap<>();
    private final Set<String> programs = new HashSet<>();

    public Bystanders(Premises premises, List<Node> nodes) {
        this.premises = premises;
        for (Node node : nodes) {
            programs.add(node.program());
            byProcess.put(node.pid(), node);
            node.processes().forEach(p -> byProcess.put(p.pid(), node));
        }
        premises.programs().stream()
                .filter(p -> CeleryCommand.startsWorker(p.command()))
                .forEach(p -> programs.add(p.fullName()));
    }

    public List<Bystander> list() {
        List<Bystander> found = new ArrayList<>();
        for (ProcessEntry process : premises.table().all()) {
            if (!byProcess.containsKey(process.pid())) {
                nodeOf(process).ifPresent(node -> found.add(bystander(process, node)));
            }
        }
        return found;
    }

    private static Bystander bystander(ProcessEntry process, String node) {
        return new Bystander(process.pid(), process.startTicks(), Masked.command(process.argv(), process.exe()), node);
    }

    /** The node it descends from; empty text if it is detached and only its environment tells; nothing if it is none of ours. */
    private Optional<String> nodeOf(ProcessEntry process) {
        Optional<ProcessEntry> at = premises.table().get(process.ppid());
        while (at.isPresent() && at.get().pid() > 1) {
            Node node = byProcess.get(at.get().pid());
            if (node != null) {
                return Optional.of(node.name());
            }
            at = premises.table().get(at.get().ppid());
        }
        return detachedFrom(process);
    }

    private Optional<String> detachedFrom(ProcessEntry process) {
        if (premises.isBelow(process)) {
            return Optional.empty();
        }
        // a wrapper of an earlier life is its program, not what a task has started
        return premises.programOf(process)
                .filter(program -> process.pid() != process.pgid() || !Orphanage.isRootOf(process, program))
                .map(Program::fullName)
                .filter(programs::contains)
                .map(program -> Optional.ofNullable(byProcess.get(process.pgid()))
                        .map(Node::name)
                        .orElseGet(() -> onlyNodeOf(program)));
    }

    /** Its environment tells the program; where that has one node, it tells the node too. */
    private String onlyNodeOf(String program) {
        List<String> names = byProcess.values().stream()
                .filter(n -> n.program().equals(program))
                .map(Node::name)
                .distinct()
                .toList();
        return names.size() == 1 ? names.get(0) : "";
    }
}
