package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Node;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.core.Task;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that had begun to shut supervisord down and has no end, or ended with the service down: the next one brings back what was running before it, and names the tasks
 * that it cut short.
 *
 * @param told it has an end and has named its tasks itself
 * @param programs as they were when its roll was taken
 * @param nodes its roll, with what was added to it
 * @param tasks what its main processes were last seen to run
 */
record CutOff(
        String runId,
        boolean told,
        List<Program> programs,
        List<Node> nodes,
        String bootId,
        Map<ProcessIdentity, List<Task>> tasks) {

    static Optional<CutOff> of(List<Entry> entries) {
        Optional<Event.RollTaken> taken = Optional.empty();
        Map<Long, List<Task>> seen = new HashMap<>();
        boolean stopping = false;
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.RollTaken roll) {
                taken = Optional.of(roll);
            } else if (entry.event() instanceof Event.TasksSeen tasks) {
                seen.put(tasks.pid(), tasks.tasks());
            } else if (entry.event() instanceof Event.StepBegun begun) {
                stopping |= begun.step() == Step.SHUTDOWN;
            } else if (entry.event() instanceof Event.RunEnded end) {
                return taken.filter(t -> end.service() == Service.DOWN)
                        .map(t -> new CutOff(
                                entry.runId(),
                                true,
                                t.programs(),
                                nodes(entries),
                                t.roll().bootId(),
                                Map.of()));
            }
        }
        boolean shut = stopping;
        return taken.filter(t -> shut)
                .map(t -> new CutOff(
                        entries.get(0).runId(),
                        false,
                        t.programs(),
                        nodes(entries),
                        t.roll().bootId(),
                        tasks(t.roll(), seen)));
    }

    /** Its journal gets an end: another run has finished what it had begun. */
    void end(Journal journal, String byRun, Instant at) {
        Problem cutOff = new Problem(
                "CUT_OFF", null, "the run was cut off; run " + byRun + " has finished what it had begun", true);
        try (RunLog log = journal.reopen(runId)) {
            log.append(at, new Event.RunEnded(Outcome.INTERRUPTED, 1, true, Service.UNKNOWN, 0, cutOff));
        }
    }

    private static List<Node> nodes(List<Entry> entries) {
        return Optional.ofNullable(Fold.result(entries).roll()).map(Roll::nodes).orElse(List.of());
    }

    private static Map<ProcessIdentity, List<Task>> tasks(Roll roll, Map<Long, List<Task>> seen) {
        Map<ProcessIdentity, List<Task>> tasks = new LinkedHashMap<>();
        for (Node node : roll.nodes()) {
            tasks.put(
                    new ProcessIdentity(node.pid(), node.startTicks(), roll.bootId()),
                    seen.getOrDefault(node.pid(), node.tasks()));
        }
        return tasks;
    }
}
