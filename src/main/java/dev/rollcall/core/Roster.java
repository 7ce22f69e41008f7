package dev.rollcall.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns main processes and replies into nodes. A pid comes from this host's process table, never from a reply: a reply only adds a
 * name, tasks and a second witness to what the table shows, so that another host's node can never yield a local pid.
 */
public final class Roster {
    private final Premises premises;
    private final String host;
    private final List<Reply.Stats> stats;
    private final Map<Long, List<Reply.Stats>> byPid;
    private final Activity activity;
    private final Predicate<ProcessEntry> asked;
    private Map<Long, String> chosen = Map.of();

    /** @param asked whether a process was asked because it looks as if it started a worker */
    public Roster(Premises premises, String host, List<Reply> replies, Predicate<ProcessEntry> asked) {
        this.asked = asked;
        this.premises = premises;
        this.host = host;
        this.stats = Reply.only(Reply.Stats.class, replies);
        this.byPid = stats.stream().collect(Collectors.groupingBy(Reply.Stats::pid));
        this.activity = new Activity(replies);
    }

    /** @param pools that applications have chosen, by main process: theirs unless the command line or a reply says another */
    public Roster choosing(Map<Long, String> pools) {
        chosen = Map.copyOf(pools);
        return this;
    }

    /**
     * A node that is known already, with what it says it runs now; as it was if it did not say that; nothing if it is silent.
     *
     * @param main its main process
     */
    public static Optional<Node> heard(Node node, ProcessEntry main, String host, List<Reply> replies) {
        Activity activity = new Activity(replies);
        Set<Long> pool = node.processes().stream().map(Node.Pool::pid).collect(Collectors.toSet());
        return new OwnReply(main, pool, host)
                .of(node, Reply.only(Reply.Stats.class, replies))
                .map(stats -> activity.of(node, stats.node())
                        .map(tasks -> node.named(stats.node()).answering(tasks))
                        .orElse(node));
    }

    public List<Node> nodes(List<Main> mains) {
        List<Node> nodes = Stream.concat(mains.stream(), mainsByAnswer(mains).stream())
                .map(this::node)
                .toList();
        Set<Long> pooled = nodes.stream()
                .flatMap(n -> n.processes().stream())
                .map(Node.Pool::pid)
                .collect(Collectors.toSet());
        // a titled pool process below a main process without a title looks like the topmost worker
        return nodes.stream().filter(n -> !pooled.contains(n.pid())).toList();
    }

    /**
     * Mains that do not look like Celery, e.g. an own entry point, but answered as one and have the pool they said, or none. What a
     * task has started may answer before the worker that runs the task, so who is below whom is seen when all are known.
     */
    private List<Main> mainsByAnswer(List<Main> mains) {
        Set<Long> known = new HashSet<>();
        mains.forEach(m -> known.add(m.process().pid()));
        List<ProcessEntry> alone =
                new EntryPoints(premises).alone().stream().filter(asked).toList();
        Map<Long, ProcessEntry> proven = new LinkedHashMap<>();
        for (Reply.Stats reply : stats) {
            premises.table()
                    .get(reply.pid())
                    .filter(process -> !known.contains(reply.pid())
                            && (hasPoolOf(process, reply) || alone.contains(process) && isLoner(process, reply)))
                    .ifPresent(process -> proven.put(reply.pid(), process));
        }
        known.addAll(proven.keySet());
        List<Main> found = new ArrayList<>();
        for (ProcessEntry process : proven.values()) {
            if (notBelow(process, known)) {
                premises.programAbove(process.pid()).ifPresent(p -> found.add(new Main(process, p.fullName(), false)));
            }
        }
        return found;
    }

    /** With no pool to show, only a reply that says so and has this host's name can come from it. */
    private boolean isLoner(ProcessEntry process, Reply.Stats reply) {
        return hasNoProcesses(reply) && own(process, List.of()).isName(reply.node());
    }

    private static boolean hasNoProcesses(Reply.Stats reply) {
        return reply.processes().isEmpty()
                && Optional.ofNullable(reply.pool())
                        .filter(CeleryCommand::hasPoolProcesses)
                        .isEmpty();
    }

    private boolean hasPoolOf(ProcessEntry process, Reply.Stats reply) {
        Set<Long> children = pids(premises.table().children(process.pid()));
        return reply.processes().stream().anyMatch(children::contains);
    }

    private boolean notBelow(ProcessEntry process, Set<Long> mains) {
        return premises.table().ancestors(process).noneMatch(e -> mains.contains(e.pid()));
    }

    private Node node(Main main) {
        Optional<Reply.Stats> reply = replyOf(main);
        String named = CeleryCommand.nodeName(main.process().argv(), host);
        String name = reply.map(Reply.Stats::node).orElse(named);
        String pool = poolOf(main.process(), reply);
        Set<Long> told = reply.map(r -> Set.copyOf(r.processes())).orElse(Set.of());
        Set<Long> busy = reply.isPresent() ? activity.processes(name) : Set.of();
        Set<Long> confirmed = new HashSet<>(told);
        confirmed.addAll(busy);
        List<Node.Pool> processes = new ArrayList<>();
        for (ProcessEntry child : PoolProcesses.of(
                main.process(), pool, premises.table().children(main.process().pid()), confirmed)) {
            processes.add(new Node.Pool(child.pid(), child.startTicks(), witnesses(child.pid(), told, busy)));
        }
        Node node = new Node(
                name,
                main.program(),
                main.process().pid(),
                main.process().startTicks(),
                pool,
                false,
                main.orphan(),
                processes,
                List.of());
        return reply.flatMap(r -> activity.of(node, name)).map(node::answering).orElse(node);
    }

    /**
     * Before Celery 5.3 a reply does not name its pool, which the application may have chosen, and one of an unknown name may be any. But a
     * pool of processes names them, unless it may shrink to none; and who names them has one, whatever the application chooses by now.
     */
    private String poolOf(ProcessEntry main, Optional<Reply.Stats> reply) {
        List<String> argv = main.argv();
        boolean shown = reply.filter(r -> !r.processes().isEmpty()).isPresent();
        String asked = Optional.ofNullable(chosen.get(main.pid()))
                .filter(pool -> CeleryCommand.leavesPoolOpen(argv))
                .filter(pool -> !shown || CeleryCommand.hasPoolProcesses(pool))
                .orElse(CeleryCommand.pool(argv));
        Optional<String> said = reply.flatMap(r -> Optional.ofNullable(r.pool()));
        String pool = said.orElse(asked);
        boolean prefork = said.map("prefork"::equals).orElse(CeleryCommand.asksForProcesses(argv));
        boolean none = reply.filter(r -> r.processes().isEmpty()).isPresent() && !prefork;
        return none && CeleryCommand.hasPoolProcesses(pool) ? CeleryCommand.NO_PROCESSES : pool;
    }

    private Optional<Reply.Stats> replyOf(Main main) {
        return own(main.process(), premises.table().children(main.process().pid()))
                .among(byPid.getOrDefault(main.process().pid(), List.of()));
    }

    private OwnReply own(ProcessEntry main, List<ProcessEntry> children) {
        return new OwnReply(main, pids(children), host);
    }

    /** Whether a reply comes from this process and not from one of the same pid on another host: it has its pool, or its name. */
    public static boolean isFrom(ProcessEntry main, List<ProcessEntry> children, Reply.Stats reply, String host) {
        return new OwnReply(main, pids(children), host).mayBe(reply);
    }

    private static Set<Long> pids(List<ProcessEntry> processes) {
        return processes.stream().map(ProcessEntry::pid).collect(Collectors.toSet());
    }

    private static Set<Node.Source> witnesses(long pid, Set<Long> told, Set<Long> busy) {
        EnumSet<Node.Source> found = EnumSet.of(Node.Source.TREE);
        if (told.contains(pid)) {
            found.add(Node.Source.STATS);
        }
        if (busy.contains(pid)) {
            found.add(Node.Source.ACTIVE);
        }
        return found;
    }
}
