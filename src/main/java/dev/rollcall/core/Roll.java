package dev.rollcall.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found when the roll was taken.
 *
 * @param expectedNodes main processes found on this host for this supervisord, orphans included
 * @param remoteControl redis, amqp, exec or none
 */
public record Roll(
        Instant takenAt,
        String host,
        String bootId,
        @Nullable Supervisord supervisord,
        int expectedNodes,
        int answeredNodes,
        String remoteControl,
        List<Node> nodes,
        List<Bystander> bystanders) {

    /**
     * The supervisord that was running.
     *
     * @param managedBy {@code systemd:UNIT} or {@code none}
     */
    public record Supervisord(long pid, long startTicks, String conf, String version, String managedBy) {
        public ProcessIdentity identity(String bootId) {
            return new ProcessIdentity(pid, startTicks, bootId);
        }
    }

    public Roll {
        nodes = List.copyOf(nodes);
        bystanders = List.copyOf(bystanders);
    }

    public Roll withNodes(List<Node> more) {
        return new Roll(
                takenAt, host, bootId, supervisord, expectedNodes, answeredNodes, remoteControl, more, bystanders);
    }

    public Roll withBystanders(List<Bystander> others) {
        return new Roll(takenAt, host, bootId, supervisord, expectedNodes, answeredNodes, remoteControl, nodes, others);
    }

    /** Every pid that may be ended, main processes first; the content of the plain pid file. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        nodes.forEach(n -> pids.add(n.pid()));
        nodes.forEach(n -> n.processes().forEach(p -> pids.add(p.pid())));
        return pids.stream().distinct().toList();
    }
}
