package dev.rollcall.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a journal knows of the roll by its end. */
public final class LastRoll {
    private LastRoll() {}

    /** The last roll that was taken, with all that was added to it and the tasks that each node was last seen to run. */
    public static Optional<Event.RollTaken> in(List<Entry> entries) {
        Optional<Event.RollTaken> taken = Optional.empty();
        Map<Long, List<Task>> seen = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.RollTaken roll) {
                taken = Optional.of(roll);
                seen.clear();
            } else if (entry.event() instanceof Event.TasksSeen tasks) {
                seen.put(tasks.pid(), tasks.tasks());
            }
        }
        return taken.map(t -> new Event.RollTaken(withTasks(extended(t, entries), seen), t.programs()));
    }

    private static Roll extended(Event.RollTaken taken, List<Entry> entries) {
        return Optional.ofNullable(Fold.result(entries).roll()).orElse(taken.roll());
    }

    private static Roll withTasks(Roll roll, Map<Long, List<Task>> seen) {
        return roll.withNodes(roll.nodes().stream()
                .map(node -> Optional.ofNullable(seen.get(node.pid()))
                        .map(node::answering)
                        .orElse(node))
                .toList());
    }
}
