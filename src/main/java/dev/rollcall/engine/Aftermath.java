package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Step;
import dev.rollcall.port.Processes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a run had done before it was cut off, and what has happened since. */
final class Aftermath {
    private final Set<ProcessIdentity> killed = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private boolean started;

    /**
     * @param bootId of its roll
     * @param now boot id of now
     */
    Aftermath(List<Entry> before, String bootId, String now) {
        for (Entry entry : before) {
            if (entry.event() instanceof Event.WasKilled was) {
                killed.add(new ProcessIdentity(was.killed().pid(), was.killed().startTicks(), bootId));
            } else if (entry.event() instanceof Event.TaskInterrupted task) {
                named.add(task.task().id());
            } else if (entry.event() instanceof Event.StepDone done && done.step() == Step.START) {
                started |= done.how() == Event.StepDone.Ended.OK && bootId.equals(now);
            }
        }
    }

    /** Nodes that are gone by now: killed by this run, or ended with nobody looking. */
    void enter(Ledger ledger, Processes processes, long now) {
        for (NodeWatch watch : ledger.nodes()) {
            watch.lostSightOf();
            if (killed.contains(watch.main())) {
                watch.killedByUs(watch.main());
            }
            if (!processes.alive(watch.main())) {
                watch.gone(now);
            }
        }
    }

    /** Of those that were asked again and said nothing, only what they ran before is known. */
    void enterSilent(Ledger ledger) {
        ledger.nodes().stream().filter(watch -> !watch.node().answered()).forEach(NodeWatch::lostSightOf);
    }

    /** Whether it had started everything that was running: what is stopped now has been stopped by somebody. */
    boolean hasStarted() {
        return started;
    }

    /** Whether the journal has a task's fate already. */
    boolean hasNamed(String taskId) {
        return named.contains(taskId);
    }
}
