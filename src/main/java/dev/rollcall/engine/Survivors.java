package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Survivor;

/** Names those of the roll that could not be ended, each once. */
record Survivors(World world, Going going) {
    void tell(ProcessIdentity id, String why) {
        going.ledger().nodes().stream()
                .filter(watch -> watch.holds(id))
                .findFirst()
                .filter(watch -> !isTold(id))
                .ifPresent(watch -> tell(watch, id, why));
    }

    private boolean isTold(ProcessIdentity id) {
        return going.run().result().survivors().stream()
                .anyMatch(s -> s.pid() == id.pid() && s.startTicks() == id.startTicks());
    }

    private void tell(NodeWatch watch, ProcessIdentity id, String why) {
        String state = world.processes()
                .find(id.pid())
                .map(e -> "state " + e.state() + ", uid " + e.uid())
                .orElse("gone at last");
        going.run()
                .note(new Event.HasSurvived(new Survivor(
                        id.pid(), id.startTicks(), watch.node().name(), watch.kind(id), why + " (" + state + ")")));
    }
}
