package dev.rollcall.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events → result. The only place that knows what a run amounts to. */
public final class Fold {
    private final List<Finding> findings = new ArrayList<>();
    final List<Survivor> survivors = new ArrayList<>();
    private final Map<String, InterruptedTask> interrupted = new LinkedHashMap<>();

    private @Nullable Roll roll;
    /** Of the roll, by main process, with all that was added since. */
    private final Map<Main, Node> nodes = new LinkedHashMap<>();

    private final List<Result.StepReport> steps = new ArrayList<>();
    private final Map<Long, Killed> killed = new LinkedHashMap<>();
    private final Map<Long, Spared> spared = new LinkedHashMap<>();
    private Event.Requested request = new Event.Requested(Options.DEFAULTS, false, "", "", "");
    private Event.@Nullable RunEnded ended;
    private String runId = "";
    private Instant began = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private Instant stepBegan = Instant.EPOCH;

    public static Result result(List<Entry> entries) {
        Fold fold = new Fold();
        entries.forEach(fold::add);
        return fold.result();
    }

    /** Entries come in their order. */
    public void add(Entry entry) {
        if (runId.isEmpty()) {
            runId = entry.runId();
            began = entry.at();
        }
        last = entry.at();
        entry.event().fold(this);
    }

    private record Main(long pid, long startTicks) {
        static Main of(Node node) {
            return new Main(node.pid(), node.startTicks());
        }
    }

    void taken(Roll now) {
        roll = now;
        nodes.clear();
        now.nodes().forEach(n -> nodes.put(Main.of(n), n));
        now.bystanders().forEach(b -> spared(b.pid(), Spared.Reason.BYSTANDER));
    }

    void requested(Event.Requested event) {
        request = event;
    }

    void stepBegun(Event.StepBegun event) {
        stepBegan = last;
    }

    void stepDone(Event.StepDone event) {
        steps.add(
                new Result.StepReport(event.step().word(), event.how(), stepBegan, event.durationMs(), event.detail()));
    }

    /** TERM first and KILL later is one killed process, by the last signal. */
    void killed(Killed one) {
        killed.put(one.pid(), one);
    }

    /** One that was redelivered to a node that stopped later is cut short twice and named once. */
    void interrupted(InterruptedTask task) {
        interrupted.put(task.id(), task);
    }

    /** What is found again when a roll is taken once more is told once. */
    void found(Finding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    /** A bystander that is gone afterwards is no spared one any more. */
    void spared(long pid, Spared.Reason reason) {
        if (reason == Spared.Reason.GONE || !spared.containsKey(pid)) {
            spared.put(pid, new Spared(pid, reason));
        }
    }

    /** What was the end is none any more. */
    void resumed() {
        ended = null;
    }

    void ended(Event.RunEnded event) {
        ended = event;
    }

    /** Adds processes to the node of the same identity, or the node itself. */
    void extend(Node more) {
        nodes.merge(Main.of(more), more, (known, late) -> known.withMore(late.processes()));
    }

    public Result result() {
        return result(ended == null ? unfinished() : ended);
    }

    /** What it would be if the run ended now, and like this. */
    public Result result(Event.RunEnded end) {
        return new Result(
                runId,
                request.options().target(),
                request.options().scope(),
                request.options().token(),
                end.outcome(),
                end.exitCode(),
                end.changed(),
                end.service(),
                request.dryRun(),
                request.requestedBy(),
                began,
                duration(),
                end.downtimeMs(),
                List.copyOf(steps),
                roll == null ? null : roll.withNodes(List.copyOf(nodes.values())),
                List.copyOf(killed.values()),
                List.copyOf(spared.values()),
                List.copyOf(survivors),
                List.copyOf(interrupted.values()),
                List.copyOf(findings),
                end.error(),
                null);
    }

    /** By the wall clock, which may have been set back meanwhile: then by the steps, which were timed by another. */
    private long duration() {
        long steps =
                this.steps.stream().mapToLong(Result.StepReport::durationMs).sum();
        return Math.max(steps, Duration.between(began, last).toMillis());
    }

    private static Event.RunEnded unfinished() {
        return new Event.RunEnded(Outcome.RUNNING, 0, false, Service.UNKNOWN, 0, null);
    }
}
