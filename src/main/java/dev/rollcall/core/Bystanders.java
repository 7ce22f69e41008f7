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
    private final Map<Long, Node> byGroup = new HashMap<>();
    private final Set<Long> above = new HashSet<>();
    private final Set<String> programs = new HashSet<>();
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<Long, Program> adopted;

    public Bystanders(Premises premises, List<Node> nodes) {
        this.premises = premises;
        this.adopted = premises.adopted();
        for (Node node : nodes) {
            programs.add(node.program());
            names.computeIfAbsent(node.program(), program -> new HashSet<>()).add(node.name());
            byProcess.put(node.pid(), node);
            node.processes().forEach(p -> byProcess.put(p.pid(), node));
            premises.table().get(node.pid()).ifPresent(main -> {
                byGroup.put(main.pgid(), node);
                premises.table().ancestors(main).forEach(e -> above.add(e.pid()));
            });
        }
        premises.programs().stream()
                .filter(p -> CeleryCommand.startsWorker(p.command()) || DetachedWorkers.areStartedBy(p.command()))
                .forEach(p -> programs.add(p.fullName()));
    }

    public List<Bystander> list() {
        Map<Long, Node> below = premises.table().inherited(e -> Optional.ofNullable(byProcess.get(e.pid())));
        List<Bystander> found = new ArrayList<>();
        for (ProcessEntry process : premises.table().all()) {
            if (!byProcess.containsKey(process.pid())) {
                Optional.ofNullable(below.get(process.pid()))
                        .map(Node::name)
                        .or(() -> detachedFrom(process))
                        .or(() -> adoptedBelow(process))
                        .or(() -> leftInGroupOf(process))
                        .or(() -> sparedBefore(process))
                        .ifPresent(node -> found.add(bystander(process, node)));
            }
        }
        return found;
    }

    private static Bystander bystander(ProcessEntry process, String node) {
        return new Bystander(process.pid(), process.startTicks(), Masked.command(process.argv(), process.exe()), node);
    }

    /** The node it was started by, as its environment tells; empty text if it does not; nothing if it is none of ours. */
    private Optional<String> detachedFrom(ProcessEntry process) {
        // below another supervisord it is a worker, or what a worker of that has started
        if (premises.isBelow(process) || premises.isSupervised(process)) {
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

    /** An init within the program's command keeps it below supervisord. */
    private Optional<String> adoptedBelow(ProcessEntry process) {
        return Optional.ofNullable(adopted.get(process.pid()))
                .map(Program::fullName)
                .filter(program -> programs.contains(program) && !above.contains(process.pid()))
                .map(this::onlyNodeOf);
    }

    /** What a task started with an environment of its own has the group of its node still, and gets a signal that goes to the group. */
    private Optional<String> leftInGroupOf(ProcessEntry process) {
        return Optional.ofNullable(byGroup.get(process.pgid()))
                .filter(node -> !premises.isBelow(process) && !above.contains(process.pid()))
                .map(Node::name);
    }

    /** Only the last roll is remembered: whoever is not on it again would be forgotten by the next run. */
    private Optional<String> sparedBefore(ProcessEntry process) {
        return premises.isSpared(process) && !above.contains(process.pid()) ? Optional.of("") : Optional.empty();
    }

    /** Its environment tells the program; where that has one node, it tells the node too. */
    private String onlyNodeOf(String program) {
        Set<String> nodes = names.getOrDefault(program, Set.of());
        return nodes.size() == 1 ? nodes.iterator().next() : "";
    }
}
