package dev.rollcall.celery;

import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One asking of stats and active, shared by all transports that ask side by side: it knows when enough was heard. */
final class Inquiry {
    private final Set<Long> expected;
    private final List<Reply> replies = new ArrayList<>();

    Inquiry(Set<Long> expected) {
        this.expected = Set.copyOf(expected);
    }

    Set<Long> expected() {
        return expected;
    }

    synchronized void heard(List<Reply> more) {
        replies.addAll(more);
    }

    /** Every expected main process has answered both; never true if none is expected. */
    synchronized boolean satisfied() {
        List<Stats> ours =
                stats().stream().filter(s -> expected.contains(s.pid())).toList();
        Set<Long> pids = ours.stream().map(Stats::pid).collect(Collectors.toSet());
        return !expected.isEmpty() && pids.equals(expected) && ours.stream().allMatch(this::toldItsTasks);
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
    private boolean toldItsTasks(Stats node) {
        long twins = stats().stream().filter(s -> s.node().equals(node.node())).count();
        long told = replies.stream()
                .filter(r -> !(r instanceof Stats) && r.node().equals(node.node()))
                .count();
        return told >= twins;
    }
}
