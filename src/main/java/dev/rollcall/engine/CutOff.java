package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Fold;
import dev.rollcall.core.LastRoll;
import dev.rollcall.core.Node;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.core.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that had begun to shut supervisord down and has no end, or ended with the service down: the next one brings back what was running before it, and names the tasks
 * that it cut short.
 *
 * @param told it has an end and has named its tasks itself
 * @param last its roll, with what was added to it
 */
record CutOff(String runId, boolean told, Event.RollTaken last) {

    static Optional<CutOff> of(List<Entry> entries) {
        Standing standing = Standing.of(entries);
        return standing.isChanged()
                ? LastRoll.in(entries).map(last -> new CutOff(entries.get(0).runId(), isTold(entries), last))
                : Optional.empty();
    }

    /** One that could not tell whether its supervisord goes has named nothing of what came after its end. */
    private static boolean isTold(List<Entry> entries) {
        return Fold.result(entries).service() == Service.DOWN;
    }

    static Finding finishedFirst(String run) {
        return Finding.warning(
                "RUN_FINISHED",
                "run " + run + " had been cut off after its shutdown had begun; it has been finished first",
                "what that did: rollcall runs " + run);
    }

    /** As they were when its roll was taken. */
    List<Program> programs() {
        return last.programs();
    }

    List<Node> nodes() {
        return last.roll().nodes();
    }

    /** The one that was to be shut down. */
    Optional<ProcessIdentity> supervisord() {
        return Optional.ofNullable(last.roll().supervisord()).map(s -> s.identity(bootId()));
    }

    String bootId() {
        return last.roll().bootId();
    }

    /** What its main processes were last seen to run, if it has not named that itself. */
    Map<ProcessIdentity, List<Task>> tasks() {
        Map<ProcessIdentity, List<Task>> tasks = new LinkedHashMap<>();
        if (!told) {
            nodes().forEach(node -> tasks.put(node.identity(bootId()), node.tasks()));
        }
        return tasks;
    }
}
