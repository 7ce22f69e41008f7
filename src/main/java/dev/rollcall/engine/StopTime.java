package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When a run that was cut off has begun to stop supervisord, by its journal. */
final class StopTime {
    private StopTime() {}

    /** By the wall clock, for there is no other that a crash or a reboot outlives. A stop that a later roll has voided was none. */
    static Duration since(List<Entry> entries, Instant now) {
        Instant began = now;
        boolean stopping = false;
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.RollTaken) {
                stopping = false;
            } else if (entry.event() instanceof Event.StepBegun begun && begun.step() == Step.SHUTDOWN && !stopping) {
                began = entry.at();
                stopping = true;
            }
        }
        return stopping && began.isBefore(now) ? Duration.between(began, now) : Duration.ZERO;
    }
}
