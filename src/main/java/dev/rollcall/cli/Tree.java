package dev.rollcall.cli;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Node;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The roll as a tree: supervisord, program, main process, pool process, task; bystanders marked as spared. */
final class Tree {
    private final Roll roll;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    Tree(Roll roll, Ink ink) {
        this.roll = roll;
        this.ink = ink;
    }

    List<String> lines() {
        Roll.Supervisord supervisord = roll.supervisord();
        lines.add(
                supervisord == null
                        ? "supervisord is not running"
                        : "supervisord " + supervisord.pid() + "  " + supervisord.conf() + "  (" + supervisord.version()
                                + ")");
        List<String> programs =
                roll.nodes().stream().map(Node::program).distinct().sorted().toList();
        for (String program : programs) {
            lines.add("├─ " + program);
            roll.nodes().stream().filter(n -> n.program().equals(program)).forEach(this::node);
        }
        List<Bystander> detached =
                roll.bystanders().stream().filter(b -> b.node().isEmpty()).toList();
        if (!detached.isEmpty()) {
            lines.add("├─ detached by tasks");
            detached.forEach(this::bystander);
        }
        return lines;
    }

    private void node(Node node) {
        String state = node.answered() ? "" : ink.warn("  no answer");
        String orphan = node.orphan() ? ink.bad("  orphan: will be ended") : "";
        lines.add("│  ├─ " + node.name() + "  main " + node.pid() + "  " + node.pool() + state + orphan);
        for (Node.Pool pool : node.processes()) {
            lines.add("│  │  ├─ pool " + pool.pid() + tasks(node, pool.pid()));
        }
        node.tasks().stream()
                .filter(t -> node.processes().stream().noneMatch(p -> p.pid() == t.workerPid()))
                .forEach(t -> lines.add("│  │  ├─ " + task(t)));
        roll.bystanders().stream().filter(b -> b.node().equals(node.name())).forEach(this::bystander);
    }

    private String tasks(Node node, long pid) {
        String running = node.tasks().stream()
                .filter(t -> t.workerPid() == pid)
                .map(this::task)
                .collect(Collectors.joining(", "));
        return running.isEmpty() ? "" : "  " + running;
    }

    private String task(Task task) {
        Instant started = task.startedAt();
        String age = started == null
                ? ""
                : " for " + Duration.between(started, roll.takenAt()).toSeconds() + " s";
        return "task " + task.name() + " " + task.id() + age;
    }

    private void bystander(Bystander other) {
        lines.add("│  │  " + ink.faint("· " + other.pid() + "  " + other.command() + "  spared"));
    }
}
