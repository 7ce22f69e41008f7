package dev.rollcall.celery;

import dev.rollcall.port.Celery.Settings;
import dev.rollcall.port.Commands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Finds the broker of each worker, cheapest way first; what a way claims counts only once a node has answered there. */
final class Discovery {
    private static final Duration CONNECTED = Duration.ofMillis(250);
    private static final Duration APPLICATION = Duration.ofSeconds(10);

    private final Commands commands;
    private final Settings settings;
    private final List<Worker> workers;
    private final Patience patience;
    private final Findings findings = new Findings();
    private final Set<Long> hopeless = ConcurrentHashMap.newKeySet();
    private final Map<Long, String> pools = new ConcurrentHashMap<>();

    Discovery(Commands commands, Settings settings, List<Worker> workers, Patience patience) {
        this.commands = commands;
        this.settings = settings;
        this.workers = workers;
        this.patience = patience;
    }

    /**
     * What was found.
     *
     * @param hopeless those of whom celery inspect would hear nothing either
     * @param pools of applications that were asked
     */
    record Found(
            Selection selection,
            Set<Long> unproven,
            Set<Long> hopeless,
            List<Trial> trials,
            Findings findings,
            Map<Long, String> pools) {}

    Found run(List<Transport.Maker> makers, Deadline deadline) {
        Set<Long> mains = workers.stream().map(Worker::pid).collect(Collectors.toSet());
        try (Search search = new Search(mains, makers, patience.answer(), deadline)) {
            search.submit(Json::warmUp);
            List<Claim> written = new ArrayList<>();
            workers.forEach(w -> written.addAll(Claims.written(w, settings, findings)));
            search.consider(written);
            if (!search.await(deadline.atMost(patience.headStart()))) {
                lookFurther(search, deadline);
                search.await(deadline);
            }
            List<Trial> trials = search.trials();
            workers.stream().filter(search::isMute).forEach(w -> hopeless.add(w.pid()));
            return new Found(
                    Selection.of(trials, mains),
                    search.unproven(),
                    Set.copyOf(hopeless),
                    trials,
                    findings,
                    Map.copyOf(pools));
        }
    }

    /** The broker that a worker is connected to is found in milliseconds; loading its application costs a processor for a while. */
    private void lookFurther(Search search, Deadline deadline) {
        for (Worker worker : unproven(search)) {
            search.submit(() -> look(search, worker, deadline));
        }
        if (search.await(deadline.atMost(CONNECTED))) {
            return;
        }
        Map<List<Object>, List<Worker>> applications = new HashMap<>();
        for (Worker worker : unproven(search)) {
            applications
                    .computeIfAbsent(Application.key(worker), k -> new ArrayList<>())
                    .add(worker);
        }
        applications.values().forEach(same -> search.submit(() -> ask(search, same, deadline)));
    }

    private void look(Search search, Worker worker, Deadline deadline) {
        Claims.Linked linked = Claims.connected(worker, deadline, findings);
        search.consider(linked.claims());
        if (linked.mute()) {
            search.mute(worker.pid());
        }
    }

    private List<Worker> unproven(Search search) {
        Set<Long> unproven = search.unproven();
        return workers.stream().filter(w -> unproven.contains(w.pid())).toList();
    }

    /** Workers of one application are told apart by nothing that matters to it: one asking serves them all. */
    private void ask(Search search, List<Worker> same, Deadline deadline) {
        // what it tells has to be proven, and that takes a moment too
        Deadline telling = deadline.minus(patience.proving()).atMost(APPLICATION);
        try {
            Application.Told told = new Application(commands, findings).ask(same.get(0), telling);
            told.pool().ifPresent(pool -> same.forEach(worker -> pools.put(worker.pid(), pool)));
            List<Claim> claims = new ArrayList<>();
            for (Worker worker : same) {
                told.brokers().forEach(b -> claims.add(new Claim(worker.pid(), b, Claim.Origin.APPLICATION)));
            }
            search.consider(claims);
        } catch (NoWayIn e) {
            findings.add(e.finding());
            if (telling.passed() && settings.execInspect().isEmpty()) {
                // celery inspect would have to load it as well
                same.forEach(worker -> hopeless.add(worker.pid()));
            }
        }
    }
}
