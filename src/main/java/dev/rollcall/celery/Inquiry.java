package dev.rollcall.celery;

import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Stats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One asking of stats and active, shared by all transports that ask side by side: it knows when enough was heard. */
final class Inquiry {
    /** For the answers of all nodes: two thousand with a hundred pool processes each, or thirty thousand tasks. */
    private static final long ROOM = 8_000_000;

    private static final long A_REPLY = 200;
    private static final long A_TASK = 250;
    private static final long A_PID = 32;

    /** A broker that was well a moment ago and is so slow now is not yet taken for dead: its host may be busy, or itself with a long command. */
    static final Duration LATE = Duration.ofSeconds(1);
    /** Where that is too long: less than a search leaves a trial at its end, and a stop can bear it. */
    static final Duration LITTLE = Duration.ofMillis(80);

    private final Set<Long> expected;
    private final Duration late;
    private final List<Reply> replies = new ArrayList<>();
    /** By a node's name, how many more have told what they are than what they run; asked after every answer, so kept up. */
    private final Map<String, Integer> owing = new HashMap<>();
    /** Those expected that have said what they are. */
    private final Map<Long, Set<String>> namesOf = new HashMap<>();

    private long room = ROOM;
    private boolean full;

    Inquiry(Set<Long> expected) {
        this(expected, LITTLE);
    }

    /** @param late how long a request to the broker may take that was begun right before the end */
    Inquiry(Set<Long> expected, Duration late) {
        this.expected = Set.copyOf(expected);
        this.late = late;
    }

    Duration late() {
        return late;
    }

    Set<Long> expected() {
        return expected;
    }

    /** What there is no room for is not kept: its nodes count as unanswered. */
    synchronized void heard(List<Reply> more) {
        long size = more.stream().mapToLong(Inquiry::size).sum();
        full |= size > room;
        if (full) {
            return;
        }
        room -= size;
        replies.addAll(more);
        for (Reply reply : more) {
            owing.merge(reply.node(), reply.isOfItself() ? 1 : -1, Integer::sum);
            if (reply instanceof Stats stats && expected.contains(stats.pid())) {
                namesOf.computeIfAbsent(stats.pid(), pid -> new HashSet<>()).add(stats.node());
            }
        }
    }

    synchronized boolean full() {
        return full;
    }

    /** In bytes, roughly. */
    private static long size(Reply reply) {
        if (reply instanceof Reply.Active active) {
            return A_REPLY
                    + active.tasks().stream()
                            .mapToLong(t -> A_TASK + t.id().length() + t.name().length())
                            .sum();
        }
        return A_REPLY
                + (reply instanceof Stats stats ? A_PID * stats.processes().size() : 0);
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
        return Reply.only(Stats.class, replies);
    }

    /** Twins share a name and an active reply has no pid: as many of one as of the other must be there. */
    private boolean toldTheirTasks(String node) {
        return owing.getOrDefault(node, 0) <= 0;
    }
}
