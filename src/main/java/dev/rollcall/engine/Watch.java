package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Node;
import dev.rollcall.core.PoolProcesses;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Roster;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Processes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keeps the roll true while the nodes go away: a group may stop long after another, and until then its workers fork processes and
 * take tasks.
 */
final class Watch {
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(60);
    private static final Duration LAST_WORDS_LIMIT = Duration.ofMillis(200);
    private static final long ASK_EVERY_MS = 100;
    private static final long LOOK_AROUND_EVERY_MS = 250;

    private final World world;
    private final Site site;
    private final Run run;
    private final Ledger ledger;
    private final Celery.Line line;
    private final StopOrder order;
    private long asked;
    private long lookedAround;

    Watch(World world, Site site, Run run, Ledger ledger, Celery.Line line) {
        this.world = world;
        this.site = site;
        this.run = run;
        this.ledger = ledger;
        this.line = line;
        asked = run.clock().nanos();
        lookedAround = asked;
        long supervisord = site.alive().map(Roll.Supervisord::pid).orElse(0L);
        order = new StopOrder(site.programs(), site.table(), supervisord, asked);
        Remapped remapped = new Remapped(world.processes(), site);
        for (NodeWatch watch : ledger.nodes()) {
            world.processes()
                    .find(watch.main().pid())
                    .ifPresent(
                            main -> watch.remaps(remapped.of(main, watch.node().program())));
        }
    }

    /** One look: new pool processes, ended mains, and now and then tasks and bystanders. */
    void look() {
        Processes processes = world.processes();
        for (NodeWatch watch : ledger.nodes()) {
            if (lives(watch)) {
                recount(watch);
            }
        }
        // after them: whoever is seen now was there when they were gone
        order.look(processes, run.clock().nanos());
        if (run.millisSince(asked) >= ASK_EVERY_MS) {
            askAgain();
            asked = run.clock().nanos();
        }
        if (run.millisSince(lookedAround) >= LOOK_AROUND_EVERY_MS) {
            lookAround();
            lookedAround = run.clock().nanos();
        }
    }

    /** Whoever does not is gone from now on. */
    private boolean lives(NodeWatch watch) {
        if (!watch.isGone() && !world.processes().alive(watch.main())) {
            watch.gone(run.clock().nanos());
        }
        return !watch.isGone();
    }

    private void count(NodeWatch watch, ProcessEntry main) {
        List<ProcessEntry> children = world.processes().children(watch.main());
        ledger.extend(watch, PoolProcesses.of(main, watch.node().pool(), children));
        // whoever dies leaves its children before it is gone, and has lost its looks before that
        if (world.processes().alive(watch.main())) {
            watch.saw(children);
        }
    }

    void recount(NodeWatch watch) {
        world.processes().find(watch.main().pid()).ifPresent(main -> count(watch, main));
    }

    /** They have taken messages since the roll. */
    void askAgain() {
        ask(NodeWatch::worthAsking, ANSWER_LIMIT);
    }

    /** Whoever lives is about to be killed, and is asked what it runs however long it was silent. */
    void askForLastWords() {
        ask(watch -> watch.node().takesTasks(), LAST_WORDS_LIMIT);
    }

    /** What they run. */
    private void ask(Predicate<NodeWatch> which, Duration limit) {
        // one that ends meanwhile has said its last words by then
        Map<NodeWatch, ProcessEntry> worth = new LinkedHashMap<>();
        ledger.nodes().stream()
                .filter(which)
                .filter(w -> world.processes().alive(w.main()))
                .forEach(w -> world.processes().find(w.main().pid()).ifPresent(main -> worth.put(w, main)));
        if (worth.isEmpty()) {
            return;
        }
        Set<Long> pids = worth.values().stream().map(ProcessEntry::pid).collect(Collectors.toSet());
        List<Reply> replies = line.askBriefly(pids, limit);
        String host = world.processes().host();
        long now = run.clock().nanos();
        worth.forEach((watch, main) -> Roster.heard(watch.node(), main, host, replies)
                .ifPresentOrElse(node -> heard(watch, node, now), watch::silent));
    }

    private void heard(NodeWatch watch, Node node, long now) {
        if (watch.heard(node, now)) {
            run.note(new Event.TasksSeen(watch.main().pid(), node.tasks()));
        }
    }

    /** Whatever a task detaches meanwhile must be known as a bystander before its parent is gone. */
    void lookAround() {
        new Surroundings(world, site, ledger).look();
    }

    StopOrder order() {
        return order;
    }

    List<ProcessIdentity> leftovers() {
        List<ProcessIdentity> left = new ArrayList<>();
        for (NodeWatch watch : ledger.nodes()) {
            // it may have gone after the last look, in the same moment as supervisord
            if (lives(watch)) {
                left.add(watch.main());
            }
            watch.pool().stream().filter(world.processes()::alive).forEach(left::add);
        }
        return left;
    }

    /** For the terminal: "2 tasks still running on celery@host, oldest 41 s". */
    String waitingFor() {
        List<String> words = new ArrayList<>();
        Instant now = run.clock().now();
        for (NodeWatch watch : ledger.nodes()) {
            if (!watch.isGone() && !watch.tasks().isEmpty()) {
                long oldest = watch.tasks().stream()
                        .flatMap(t -> Optional.ofNullable(t.startedAt()).stream())
                        .mapToLong(at -> Duration.between(at, now).toSeconds())
                        .max()
                        .orElse(0);
                int count = watch.tasks().size();
                words.add(count + (count == 1 ? " task" : " tasks") + " still running on "
                        + watch.node().name() + ", oldest " + oldest + " s");
            }
        }
        return words.isEmpty() ? "supervisord to be gone" : String.join("; ", words);
    }
}
