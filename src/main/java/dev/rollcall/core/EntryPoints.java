package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Processes that may be mains with an entry point of their own, of programs without a known main. Only an answer makes one a node. */
public final class EntryPoints {
    private final Premises premises;
    private final List<ProcessEntry> roots;

    public EntryPoints(Premises premises) {
        this.premises = premises;
        Set<String> known = premises.mains().stream().map(Main::program).collect(Collectors.toSet());
        roots = premises.programs().stream()
                .filter(program -> program.pid() > 0 && !known.contains(program.fullName()))
                .flatMap(program -> premises.table().get(program.pid()).stream())
                .filter(premises::isBelow)
                .toList();
    }

    /** Prefork parents, wherever they are in a program's tree. */
    public List<ProcessEntry> parents() {
        List<ProcessEntry> found = new ArrayList<>();
        for (ProcessEntry root : roots) {
            found.add(root);
            found.addAll(premises.table().descendants(root.pid()));
        }
        found.removeIf(process -> !hasPool(process));
        return found;
    }

    /** Without a pool: a program's own process alone, that supervisord ends whatever it is. */
    public List<ProcessEntry> alone() {
        return roots.stream().filter(process -> !hasPool(process)).toList();
    }

    private boolean hasPool(ProcessEntry process) {
        return !PoolProcesses.of(process, "prefork", premises.table().children(process.pid()))
                .isEmpty();
    }
}
