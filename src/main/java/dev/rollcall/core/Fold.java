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
    final List<Finding> findings = new ArrayList<>();
    final List<Survivor> survivors = new ArrayList<>();
    private final Map<String, InterruptedTask> interrupted = new LinkedHashMap<>();

    @Nullable
    Roll roll;

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
        if (roll == null) {
            return;
        }
        List<Node> nodes = new ArrayList<>(roll.nodes());
        int index = -1;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).pid() == more.pid() && nodes.get(i).startTicks() == more.startTicks()) {
                index = i;
            }
        }
        if (index < 0) {
            nodes.add(more);
        } else {
            nodes.set(index, nodes.get(index).withMore(more.processes()));
        }
        roll = roll.withNodes(nodes);
    }

    public Result result() {
        Event.RunEnded end = ended == null ? unfinished() : ended;
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
                roll,
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
