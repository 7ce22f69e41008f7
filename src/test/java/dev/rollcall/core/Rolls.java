package dev.rollcall.core;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rolls and their parts, as short as a test wants them. */
final class Rolls {
    static final Instant T0 = Instant.parse("2026-11-23T10:30:00Z");
    static final Roll.Supervisord SUPERVISORD =
            new Roll.Supervisord(100, 1000, "/etc/supervisord.conf", "4.2.5", "none");

    private Rolls() {}

    static Roll roll(Node... nodes) {
        return roll("redis", List.of(nodes), List.of());
    }

    static Roll roll(String means, List<Node> nodes, List<Bystander> bystanders) {
        int answered = (int) nodes.stream().filter(Node::answered).count();
        return new Roll(T0, "h", Host.BOOT, SUPERVISORD, nodes.size(), answered, means, nodes, bystanders);
    }

    static Node node(String name, String program, long pid, long... pool) {
        return new Node(name, program, pid, pid * 10, "prefork", true, false, pool(pool), List.of());
    }

    static Node silent(Node n) {
        return new Node(
                n.name(), n.program(), n.pid(), n.startTicks(), n.pool(), false, n.orphan(), n.processes(), n.tasks());
    }

    static Node orphan(Node n) {
        return new Node(
                n.name(), n.program(), n.pid(), n.startTicks(), n.pool(), false, true, n.processes(), n.tasks());
    }

    static List<Node.Pool> pool(long... pids) {
        return Arrays.stream(pids)
                .mapToObj(pid -> new Node.Pool(pid, pid * 10, Set.of(Node.Source.TREE)))
                .toList();
    }

    static Bystander bystander(long pid, String command) {
        return new Bystander(pid, pid * 10, command, "w@h");
    }

    static Task task(String id, long workerPid) {
        return new Task(id, "app.task", workerPid, T0, true, "q");
    }

    static Options options(String target, String token) {
        Options d = Options.DEFAULTS;
        return new Options(
                target,
                d.conf(),
                d.scope(),
                d.programs(),
                d.drain(),
                d.stopTimeout(),
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                d.requireAnswers(),
                d.allowBystanderLoss(),
                token,
                d.pidfile(),
                false);
    }
}
