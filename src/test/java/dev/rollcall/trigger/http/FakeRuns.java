package dev.rollcall.trigger.http;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.trigger.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** Runs in memory, whose events come when a test says so. */
final class FakeRuns implements Runs {
    static final Instant AT = Instant.parse("2026-11-23T10:30:00Z");
    static final String RUN = "20261123T103000Z-4f2a9c";

    private final Map<String, Result> runs = new ConcurrentSkipListMap<>();
    private final List<Entry> events = new ArrayList<>();
    private int waiting;
    volatile Optional<Roll> roll = Optional.of(new Roll(
            AT,
            "web1",
            "boot",
            new Roll.Supervisord(1, 2, "/c", "4.2.5", "none"),
            0,
            0,
            "redis",
            List.of(),
            List.of()));

    FakeRuns() {
        put(RUN, Outcome.RUNNING);
    }

    void put(String id, Outcome outcome) {
        runs.put(id, result(id, "default", outcome, false, null));
    }

    static Result result(String id, String target, Outcome outcome, boolean dryRun, Roll roll) {
        Problem error = outcome == Outcome.REFUSED
                ? new Problem("CONF_INVALID", Step.PREFLIGHT, "tried to read it but no; mend it", true)
                : null;
        return new Result(
                id,
                target,
                "supervisord",
                null,
                outcome,
                0,
                false,
                Service.UP,
                dryRun,
                "http",
                AT,
                1,
                0,
                List.of(),
                roll,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                error,
                null);
    }

    synchronized void happen(Event event) {
        events.add(new Entry(events.size() + 1L, AT, RUN, event));
        if (event instanceof Event.RunEnded ended) {
            put(RUN, ended.outcome());
        }
        notifyAll();
    }

    static Event begun(Step step) {
        return new Event.StepBegun(step);
    }

    static Event ended() {
        return new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 42, null);
    }

    synchronized int waiting() {
        return waiting;
    }

    @Override
    public List<Result> list(Optional<String> target, int limit) {
        return runs.values().stream()
                .filter(r -> target.isEmpty() || target.get().equals(r.target()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Result> find(String runId) {
        if (runId.equals("defect")) {
            throw new IllegalStateException("secret of the inside");
        }
        if (runId.equals("unreadable")) {
            throw new JournalException("tried to read it but Input/output error; check the disk");
        }
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public synchronized Optional<List<Entry>> events(String runId, long after, Duration wait)
            throws InterruptedException {
        if (!runs.containsKey(runId)) {
            return Optional.empty();
        }
        long end = System.nanoTime() + wait.toNanos();
        waiting++;
        try {
            while (events.size() <= after && end - System.nanoTime() > 0) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } finally {
            waiting--;
        }
        return Optional.of(IntStream.range((int) Math.min(after, events.size()), events.size())
                .mapToObj(events::get)
                .toList());
    }

    @Override
    public Optional<Result> plan(String target) {
        return switch (target) {
            case "default" -> Optional.of(result(
                    "plan", target, roll.isPresent() ? Outcome.PLANNED : Outcome.REFUSED, true, roll.orElse(null)));
            default -> Optional.empty();
        };
    }
}
