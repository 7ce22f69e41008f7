package dev.rollcall.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns main processes and replies into nodes. A pid comes from this host's process table, never from a reply: a reply only adds a
 * name, tasks and a second witness to what the table shows, so that another host's node can never yield a local pid.
 */
public final class Roster {
    private final Premises premises;
    private final String host;
    private final List<Reply.Stats> stats = new ArrayList<>();
    private final List<Reply.Active> active = new ArrayList<>();

    public Roster(Premises premises, String host, List<Reply> replies) {
        this.premises = premises;
        this.host = host;
        replies.stream()
                .filter(Reply.Stats.class::isInstance)
                .map(Reply.Stats.class::cast)
                .forEach(stats::add);
        replies.stream()
                .filter(Reply.Active.class::isInstance)
                .map(Reply.Active.class::cast)
                .forEach(active::add);
    }

    /** What a node that is known already says it runs now; nothing if it did not answer. */
    public static Optional<List<Task>> tasks(Node node, List<Reply> replies) {
        boolean there = replies.stream()
                .anyMatch(r -> r instanceof Reply.Stats s
                        && s.pid() == node.pid()
                        && s.node().equals(node.name()));
        List<Reply.Active> named = replies.stream()
                .filter(Reply.Active.class::isInstance)
                .map(Reply.Active.class::cast)
                .filter(a -> a.node().equals(node.name()))
                .toList();
        if (!there || named.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(named.stream()
                .flatMap(a -> a.tasks().stream())
                .filter(t -> named.size() == 1 || runs(node, t.workerPid()))
                .toList());
    }

    public List<Node> nodes(List<Main> mains) {
        List<Node> proven = mainsByAnswer(mains).stream().map(this::node).toList();
        Set<Long> pooled = proven.stream()
                .flatMap(n -> n.processes().stream())
                .map(Node.Pool::pid)
                .collect(Collectors.toSet());
        // a titled pool process below a main process without a title looks like the topmost worker
        List<Node> nodes = mains.stream()
                .filter(m -> !pooled.contains(m.process().pid()))
                .map(this::node)
                .collect(Collectors.toCollection(ArrayList::new));
        nodes.addAll(proven);
        return nodes;
    }

    /** Mains that do not look like Celery, e.g. an own entry point, but answered as one and have the pool they said. */
    private List<Main> mainsByAnswer(List<Main> mains) {
        Set<Long> known = new HashSet<>();
        mains.forEach(m -> known.add(m.process().pid()));
        List<Main> found = new ArrayList<>();
        for (Reply.Stats reply : stats) {
            Optional<ProcessEntry> process = premises.table().get(reply.pid()).filter(premises::isBelow);
            boolean proven = process.isPresent() && !known.contains(reply.pid()) && hasPoolOf(process.get(), reply);
            if (proven && notBelow(process.get(), known)) {
                premises.programAbove(reply.pid())
                        .ifPresent(p -> found.add(new Main(process.get(), p.fullName(), false)));
                known.add(reply.pid());
            }
        }
        return found;
    }

    private boolean hasPoolOf(ProcessEntry process, Reply.Stats reply) {
        Set<Long> children = new HashSet<>();
        premises.table().children(process.pid()).forEach(c -> children.add(c.pid()));
        return reply.processes().stream().anyMatch(children::contains);
    }

    private boolean notBelow(ProcessEntry process, Set<Long> mains) {
        return mains.stream()
                .flatMap(m -> premises.table().descendants(m).stream())
                .noneMatch(e -> e.pid() == process.pid());
    }

    private Node node(Main main) {
        Optional<Reply.Stats> reply = replyOf(main);
        String named = CeleryCommand.nodeName(main.process().argv(), host);
        String name = reply.map(Reply.Stats::node).orElse(named);
        String asked = CeleryCommand.pool(main.process().argv());
        String pool = reply.flatMap(r -> Optional.ofNullable(r.pool())).orElse(asked);
        List<Node.Pool> processes = new ArrayList<>();
        for (ProcessEntry child : PoolProcesses.of(
                main.process(), pool, premises.table().children(main.process().pid()))) {
            processes.add(new Node.Pool(child.pid(), child.startTicks(), witnesses(child.pid(), reply, name)));
        }
        Node node = new Node(
                name,
                main.program(),
                main.process().pid(),
                main.process().startTicks(),
                pool,
                reply.isPresent(),
                main.orphan(),
                processes,
                List.of());
        return reply.isPresent() ? node.withTasks(tasksOf(node)) : node;
    }

    /** The reply of exactly this process; one that shows its pool is believed before one that has only its name. */
    private Optional<Reply.Stats> replyOf(Main main) {
        List<ProcessEntry> children = premises.table().children(main.process().pid());
        List<Reply.Stats> own = stats.stream()
                .filter(r -> isFrom(main.process(), children, r, host))
                .toList();
        return own.stream()
                .filter(r -> hasPoolOf(main.process(), r))
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    /** Whether a reply comes from this process and not from one of the same pid on another host: it has its pool, or its name. */
    public static boolean isFrom(ProcessEntry main, List<ProcessEntry> children, Reply.Stats reply, String host) {
        boolean samePool = children.stream().anyMatch(c -> reply.processes().contains(c.pid()));
        boolean sameName = reply.node().equals(CeleryCommand.nodeName(main.argv(), host));
        return reply.pid() == main.pid() && (samePool || sameName);
    }

    private Set<Node.Source> witnesses(long pid, Optional<Reply.Stats> reply, String node) {
        EnumSet<Node.Source> found = EnumSet.of(Node.Source.TREE);
        if (reply.filter(r -> r.processes().contains(pid)).isPresent()) {
            found.add(Node.Source.STATS);
        }
        boolean busy = active.stream()
                .filter(a -> a.node().equals(node))
                .flatMap(a -> a.tasks().stream())
                .anyMatch(t -> t.workerPid() == pid);
        if (reply.isPresent() && busy) {
            found.add(Node.Source.ACTIVE);
        }
        return found;
    }

    /** Twins share a name: then a task belongs to the one whose process runs it. */
    private List<Task> tasksOf(Node node) {
        List<Reply.Active> named =
                active.stream().filter(a -> a.node().equals(node.name())).toList();
        boolean unique = named.size() == 1
                && stats.stream().filter(s -> s.node().equals(node.name())).count() == 1;
        return named.stream()
                .flatMap(a -> a.tasks().stream())
                .filter(t -> unique || runs(node, t.workerPid()))
                .toList();
    }

    private static boolean runs(Node node, long pid) {
        return node.pid() == pid || node.processes().stream().anyMatch(p -> p.pid() == pid);
    }
}
