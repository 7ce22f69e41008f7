package dev.rollcall.celery;

import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Stats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One asking of stats and active, shared by all transports that ask side by side: it knows when enough was heard. */
final class Inquiry {
    private final Set<Long> expected;
    private final List<Reply> replies = new ArrayList<>();
    /** By a node's name, how many more have told what they are than what they run; asked after every answer, so kept up. */
    private final Map<String, Integer> owing = new HashMap<>();
    /** Those expected that have said what they are. */
    private final Map<Long, Set<String>> namesOf = new HashMap<>();

    Inquiry(Set<Long> expected) {
        this.expected = Set.copyOf(expected);
    }

    Set<Long> expected() {
        return expected;
    }

    synchronized void heard(List<Reply> more) {
        replies.addAll(more);
        for (Reply reply : more) {
            owing.merge(reply.node(), reply instanceof Stats ? 1 : -1, Integer::sum);
            if (reply instanceof Stats stats && expected.contains(stats.pid())) {
                namesOf.computeIfAbsent(stats.pid(), pid -> new HashSet<>()).add(stats.node());
            }
        }
    }

    /** Every expected main process has answered both; never true if none is expected. */
    synchronized boolean satisfied() {
        return !expected.isEmpty()
                && namesOf.size() == expected.size()
                && namesOf.values().stream().flatMap(Set::stream).allMatch(this::toldTheirTasks);
    }

    synchronized List<Reply> replies() {
        return List.copyOf(replies);
    }

    synchronized List<Stats> stats() {
        return replies.stream()
                .filter(Stats.class::isInstance)
                .map(Stats.class::cast)
                .toList();
    }

    /** Twins share a name and an active reply has no pid: as many of one as of the other must be there. */
    private boolean toldTheirTasks(String node) {
        return owing.getOrDefault(node, 0) <= 0;
    }
}
