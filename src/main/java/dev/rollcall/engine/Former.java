package dev.rollcall.engine;

import dev.rollcall.core.Node;
import dev.rollcall.core.Program;
import dev.rollcall.port.Celery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What must be back before the service is up.
 *
 * @param wanted full names of programs
 * @param steady those that were running
 * @param hoped those that were just starting, as one that crashes over and over always is; none whose node answered, and none if nothing
 *     was running, for then nothing would tell that the service is up
 * @param nodes how many nodes of a program should answer
 * @param firm programs whose nodes answered before: those are waited for as long as the start may take
 */
record Former(Set<String> wanted, Set<String> steady, Set<String> hoped, Map<String, Integer> nodes, Set<String> firm) {

    static Former of(Going going) {
        Set<String> wanted = wanted(going.site());
        Map<String, Integer> nodes = new HashMap<>();
        if (canAsk(going)) {
            going.site().conf().programs().stream().filter(Scout::isCelery).forEach(p -> nodes.put(p.fullName(), 1));
            Map<String, Integer> before = new HashMap<>();
            for (NodeWatch watch : going.ledger().nodes()) {
                Node node = watch.node();
                if (node.takesTasks()) {
                    before.merge(node.program(), node.orphan() ? 0 : 1, Integer::sum);
                }
            }
            before.forEach((program, count) -> nodes.put(program, Math.max(1, count)));
            nodes.keySet().retainAll(wanted);
        }
        Set<String> firm = going.ledger().nodes().stream()
                .map(NodeWatch::node)
                .filter(Node::answered)
                .map(Node::program)
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> steady = names(going, Program::running);
        Set<String> hoped = names(going, p -> isComing(p) && !p.running());
        hoped.retainAll(wanted);
        hoped.removeAll(firm);
        if (steady.stream().noneMatch(wanted::contains)) {
            hoped.clear();
        }
        return new Former(wanted, steady, hoped, nodes, firm);
    }

    private static Set<String> names(Going going, Predicate<Program> which) {
        return going.site().former().stream()
                .filter(which)
                .map(Program::fullName)
                .collect(Collectors.toCollection(HashSet::new));
    }

    Former withoutNodes() {
        return new Former(wanted, steady, hoped, Map.of(), Set.of());
    }

    /** One in BACKOFF or FATAL was in trouble before. */
    static boolean isComing(Program program) {
        return program.running() || program.state().equals("STARTING");
    }

    private static boolean canAsk(Going going) {
        Celery.Line line = going.line();
        boolean disabled = line.findings().stream().anyMatch(f -> f.code().equals("REMOTE_CONTROL_DISABLED"));
        return !disabled && !going.run().request().celery().remoteControl().equals("none");
    }

    /** What was running and is still in the configuration, and what is new there; all that starts by itself if nothing ran. */
    private static Set<String> wanted(Site site) {
        Map<String, Program> before = new HashMap<>();
        site.former().forEach(p -> before.put(p.fullName(), p));
        return site.conf().programs().stream()
                .filter(p -> Optional.ofNullable(before.get(p.fullName()))
                        .map(Former::isComing)
                        .orElse(p.autostart()))
                .map(Program::fullName)
                .collect(Collectors.toSet());
    }
}
