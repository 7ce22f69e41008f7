package dev.rollcall.core;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a journal line says. The state of a run is the fold of its events and nothing else. What has a component missing is no event:
 * journals are read that a program with faults, or another one, may have written.
 */
public sealed interface Event {
    /** The word in the journal's {@code type}. */
    String type();

    void fold(Fold fold);

    /**
     * @param options everything that was asked for, with defaults filled in: what a resumed run goes by
     * @param conf real path of supervisord's configuration
     * @param bootId of the host when the run began
     * @param joined who else has asked for it before it began
     */
    record Requested(
            Options options, boolean dryRun, String requestedBy, String conf, String bootId, List<Joined> joined)
            implements Event {
        /** Somebody who asked for a run that was waiting already. */
        public record Joined(String requestedBy, @Nullable String token) {}

        /** Journals of before have no {@code joined}. */
        @SuppressWarnings("NullAway") // Jackson gives null for what is missing
        public Requested {
            Objects.requireNonNull(options);
            Objects.requireNonNull(requestedBy);
            Objects.requireNonNull(conf);
            Objects.requireNonNull(bootId);
            joined = joined == null ? List.of() : List.copyOf(joined);
        }

        public Requested(Options options, boolean dryRun, String requestedBy, String conf, String bootId) {
            this(options, dryRun, requestedBy, conf, bootId, List.of());
        }

        /** Under all of them it is found again: who asked with a token is served by a run that succeeds. */
        public List<String> tokens() {
            Stream<@Nullable String> all = Stream.concat(
                    Stream.of(options).map(Options::token), joined.stream().map(Joined::token));
            return all.filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .distinct()
                    .toList();
        }

        @Override
        public String type() {
            return "requested";
        }

        @Override
        public void fold(Fold fold) {
            fold.requested(this);
        }
    }

    /** A run that was cut off, or that left the service down, goes on from here. @param by who asked for that */
    record Resumed(String by) implements Event {
        public Resumed {
            Objects.requireNonNull(by);
        }

        @Override
        public String type() {
            return "resumed";
        }

        @Override
        public void fold(Fold fold) {
            fold.resumed();
        }
    }

    record StepBegun(Step step) implements Event {
        public StepBegun {
            Objects.requireNonNull(step);
        }

        @Override
        public String type() {
            return step.word() + "_begun";
        }

        @Override
        public void fold(Fold fold) {
            fold.stepBegun(this);
        }
    }

    /** @param durationMs milliseconds */
    record StepDone(Step step, Ended how, long durationMs, String detail) implements Event {
        public StepDone {
            Objects.requireNonNull(step);
            Objects.requireNonNull(how);
            Objects.requireNonNull(detail);
        }

        /** How a step ended. */
        public enum Ended {
            OK,
            SKIPPED,
            FAILED
        }

        @Override
        public String type() {
            return step.word() + "_done";
        }

        @Override
        public void fold(Fold fold) {
            fold.stepDone(this);
        }
    }

    record Found(Finding finding) implements Event {
        public Found {
            Objects.requireNonNull(finding);
        }

        @Override
        public String type() {
            return "found";
        }

        @Override
        public void fold(Fold fold) {
            fold.found(finding);
        }
    }

    /** @param programs as they were, with their states: what verify must find again */
    record RollTaken(Roll roll, List<Program> programs) implements Event {
        public RollTaken {
            Objects.requireNonNull(roll);
            programs = List.copyOf(programs);
        }

        @Override
        public String type() {
            return "roll_taken";
        }

        @Override
        public void fold(Fold fold) {
            fold.taken(roll);
        }
    }

    /** Processes that were forked, or found, after the roll was taken. */
    record RollExtended(List<Node> nodes) implements Event {
        public RollExtended {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String type() {
            return "roll_extended";
        }

        @Override
        public void fold(Fold fold) {
            nodes.forEach(fold::extend);
        }
    }

    /** What a node was running when it was last asked. */
    record TasksSeen(long pid, List<Task> tasks) implements Event {
        public TasksSeen {
            tasks = List.copyOf(tasks);
        }

        @Override
        public String type() {
            return "tasks_seen";
        }

        @Override
        public void fold(Fold fold) {}
    }

    record WasKilled(Killed killed) implements Event {
        public WasKilled {
            Objects.requireNonNull(killed);
        }

        @Override
        public String type() {
            return "killed";
        }

        @Override
        public void fold(Fold fold) {
            fold.killed(killed);
        }
    }

    /** @param startTicks clock ticks since boot; 0 if the pid belongs to another process now */
    record WasSpared(Spared spared, long startTicks) implements Event {
        public WasSpared {
            Objects.requireNonNull(spared);
        }

        @Override
        public String type() {
            return "spared";
        }

        @Override
        public void fold(Fold fold) {
            fold.spared(spared.pid(), spared.reason());
        }
    }

    record HasSurvived(Survivor survivor) implements Event {
        public HasSurvived {
            Objects.requireNonNull(survivor);
        }

        @Override
        public String type() {
            return "survived";
        }

        @Override
        public void fold(Fold fold) {
            fold.survivors.add(survivor);
        }
    }

    record TaskInterrupted(InterruptedTask task) implements Event {
        public TaskInterrupted {
            Objects.requireNonNull(task);
        }

        @Override
        public String type() {
            return "task_interrupted";
        }

        @Override
        public void fold(Fold fold) {
            fold.interrupted(task);
        }
    }

    /**
     * A route of the user's was called.
     *
     * @param hook before-shutdown, after-restart or on-failure
     * @param detail what went wrong, or nothing
     */
    record HookCalled(String hook, StepDone.Ended how, long durationMs, String detail) implements Event {
        public HookCalled {
            Objects.requireNonNull(hook);
            Objects.requireNonNull(how);
            Objects.requireNonNull(detail);
        }

        @Override
        public String type() {
            return "hook_called";
        }

        @Override
        public void fold(Fold fold) {}
    }

    /** @param downtimeMs milliseconds between the request to shut down and the service being up again */
    record RunEnded(
            Outcome outcome, int exitCode, boolean changed, Service service, long downtimeMs, @Nullable Problem error)
            implements Event {
        public RunEnded {
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(service);
        }

        @Override
        public String type() {
            return "ended";
        }

        @Override
        public void fold(Fold fold) {
            fold.ended(this);
        }
    }
}
