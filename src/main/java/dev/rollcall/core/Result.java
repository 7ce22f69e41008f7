package dev.rollcall.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result document: the same for every command and trigger, every key always there. Durations in milliseconds. */
public record Result(
        String runId,
        String target,
        String scope,
        @Nullable String token,
        Outcome outcome,
        int exitCode,
        boolean changed,
        Service service,
        boolean dryRun,
        String requestedBy,
        Instant startedAt,
        long durationMs,
        long downtimeMs,
        List<StepReport> steps,
        @Nullable Roll roll,
        List<Killed> killed,
        List<Spared> spared,
        List<Survivor> survivors,
        List<InterruptedTask> interruptedTasks,
        List<Finding> findings,
        @Nullable Problem error,
        @Nullable String journal) {

    /** One step as it went. */
    public record StepReport(
            String name, Event.StepDone.Ended outcome, Instant startedAt, long durationMs, String detail) {}

    /** The same, with where its journal lies. */
    public Result at(@Nullable String path) {
        return new Result(
                runId,
                target,
                scope,
                token,
                outcome,
                exitCode,
                changed,
                service,
                dryRun,
                requestedBy,
                startedAt,
                durationMs,
                downtimeMs,
                steps,
                roll,
                killed,
                spared,
                survivors,
                interruptedTasks,
                findings,
                error,
                path);
    }
}
