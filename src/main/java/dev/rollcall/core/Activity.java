package dev.rollcall.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What nodes say they run. Such a reply has a name and no pid of the main process, and twins share a name: one that runs nothing must
 * not speak for one that runs a task and has not answered yet.
 */
final class Activity {
    private final Map<String, Integer> present = new HashMap<>();
    private final Map<String, List<Reply.Active>> told;

    Activity(List<Reply> replies) {
        for (Reply reply : replies) {
            if (reply.isOfItself()) {
                present.merge(reply.node(), 1, Integer::sum);
            }
        }
        told = Reply.only(Reply.Active.class, replies).stream().collect(Collectors.groupingBy(Reply.Active::node));
    }

    /**
     * The tasks of a node that has said it is one of this name; nothing if it is not known what it runs. A task of twins belongs to the
     * one whose process runs it; a pool without processes cannot be told from its twin. Every node says what it is before it says what
     * it runs, so nobody is missing where both are equally many.
     */
    Optional<List<Task>> of(Node node, String name) {
        List<Reply.Active> named = told.getOrDefault(name, List.of());
        int nodes = present.getOrDefault(name, 0);
        if (nodes == 1 && named.size() == 1) {
            return Optional.of(named.get(0).tasks());
        }
        Set<Long> own = new HashSet<>(Set.of(node.pid()));
        node.processes().forEach(p -> own.add(p.pid()));
        List<Task> tasks = named.stream()
                .flatMap(a -> a.tasks().stream())
                .filter(t -> own.contains(t.workerPid()))
                .toList();
        boolean others = named.stream().anyMatch(a -> !a.tasks().isEmpty());
        boolean complete = named.size() >= nodes && !(others && node.processes().isEmpty());
        boolean known = !tasks.isEmpty() || complete;
        return known ? Optional.of(tasks) : Optional.empty();
    }

    /** Those that run a task of this name's nodes. */
    Set<Long> processes(String node) {
        return told.getOrDefault(node, List.of()).stream()
                .flatMap(a -> a.tasks().stream())
                .map(Task::workerPid)
                .collect(Collectors.toSet());
    }
}
