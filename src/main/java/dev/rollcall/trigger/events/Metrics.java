package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.port.Journal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Counts the ends of runs, whoever asked for them, and measures what waits. */
public final class Metrics {
    private static final System.Logger LOGGER = System.getLogger(Metrics.class.getName());

    private static final Set<String> ASKING = Set.of("timer", "file", "http", "cli", "ansible");
    /** Further ones add nothing: a run's journal is found by its id, not by these. */
    private static final int MOST_TARGETS = 100;
    /** To find each target's last success, no more journals than this are opened. */
    private static final int HISTORY = 200;

    private static final Duration[] BUCKETS = List.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600).stream()
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Journal journal;
    private final Timer durations = timer("rollcall.run.duration", "How long runs took, from request to outcome");
    private final Timer downtimes =
            timer("rollcall.downtime", "How long services were down in runs that changed something");
    private final Counter killed = Counter.builder("rollcall.leftovers.killed")
            .description("Leftovers that were killed")
            .register(registry);
    private final Set<String> targets = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> successes = new ConcurrentHashMap<>();

    /**
     * @param queued how many requests wait
     * @param oldest how long the oldest event in the outbox has waited
     * @param parked how many events the receiver did not take
     */
    public Metrics(Tail tail, Journal journal, IntSupplier queued, Supplier<Duration> oldest, IntSupplier parked) {
        this.journal = journal;
        Gauge.builder("rollcall.queue.length", queued::getAsInt)
                .description("Requests that wait")
                .register(registry);
        Gauge.builder("rollcall.outbox.oldest", () -> oldest.get().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("How long the oldest event has waited that is not delivered")
                .register(registry);
        Gauge.builder("rollcall.outbox.parked", parked::getAsInt)
                .description("Events that the receiver did not take")
                .register(registry);
        tail.listen(this::told);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Finds the last success of each of these targets. */
    public void recall(Set<String> targets) {
        Set<String> sought = new HashSet<>(targets);
        for (String runId : journal.runs().stream().limit(HISTORY).toList()) {
            if (sought.isEmpty()) {
                return;
            }
            try {
                journal.glance(runId).ifPresent(glance -> recall(glance, sought));
            } catch (Journal.JournalException e) {
                LOGGER.log(System.Logger.Level.WARNING, "tried to look for the last success but {0}", e.getMessage());
            }
        }
    }

    private void recall(Journal.Glance glance, Set<String> sought) {
        Optional<String> target = glance.requested().map(r -> r.options().target());
        if (glance.ended().filter(end -> end.outcome() == Outcome.SUCCEEDED).isPresent()
                && sought.remove(target.orElse(""))) {
            Entry end = glance.ends().get(glance.ends().size() - 1);
            succeeded(label(target.orElseThrow()), end.at());
        }
    }

    /** By the tail's thread. A run is read once, at its end. */
    private void told(Entry entry) {
        if (entry.event() instanceof Event.RunEnded) {
            Optional<List<Entry>> entries = journal.read(entry.runId());
            entries.map(all -> Life.until(all, entry.seq())).ifPresent(this::count);
        }
    }

    private void count(Life life) {
        Result result = life.result();
        String target = label(result.target());
        registry.counter(
                        "rollcall.runs",
                        "target",
                        target,
                        "outcome",
                        result.outcome().word(),
                        "requested_by",
                        kind(result.requestedBy()))
                .increment();
        durations.record(life.duration());
        if (result.changed()) {
            downtimes.record(Duration.ofMillis(result.downtimeMs()));
        }
        killed.increment(life.killed());
        for (InterruptedTask task : life.interrupted()) {
            registry.counter("rollcall.interrupted.tasks", "fate", task.fate().word())
                    .increment();
        }
        if (result.outcome() == Outcome.SUCCEEDED) {
            succeeded(target, life.end());
        }
    }

    private void succeeded(String target, Instant at) {
        successes.computeIfAbsent(target, this::gauge).accumulateAndGet(at.toEpochMilli(), Math::max);
    }

    private AtomicLong gauge(String target) {
        AtomicLong latest = new AtomicLong();
        Gauge.builder("rollcall.last.success.timestamp", () -> latest.get() / 1000.0)
                .baseUnit("seconds")
                .tag("target", target)
                .description("When a run last succeeded")
                .register(registry);
        return latest;
    }

    private String label(String target) {
        if (targets.size() < MOST_TARGETS) {
            targets.add(target);
        }
        return targets.contains(target) ? target : "other";
    }

    /** The kind alone: names of timers and files are without bounds. */
    private static String kind(String by) {
        String kind = by.split(":", 2)[0];
        return ASKING.contains(kind) ? kind : "other";
    }

    /** All of them, in Prometheus' text format. */
    public String prometheus() {
        return registry.scrape();
    }
}
