package dev.rollcall.core;

import java.util.List;
import java.util.Optional;

/** How far a run has come, by its journal. */
public enum Standing {
    /** It has ended, or never was more than an empty file. */
    OVER,
    /** It has no end, and nothing was changed. */
    UNTOUCHED,
    /** It has no end, and supervisord may have been asked to go. */
    CUT_OFF,
    /** It has an end, and the service is down, or nobody could tell. */
    DOWN;

    /** @param entries in their order, up to the last that is whole */
    public static Standing of(List<Entry> entries) {
        boolean stopping = false;
        Optional<Event.RunEnded> end = Optional.empty();
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.RollTaken) {
                // taken anew below a supervisord that had not heard
                stopping = false;
            } else if (entry.event() instanceof Event.StepBegun begun) {
                stopping |= begun.step() == Step.SHUTDOWN;
            } else if (entry.event() instanceof Event.RunEnded ended) {
                end = Optional.of(ended);
            } else if (entry.event() instanceof Event.Resumed) {
                end = Optional.empty();
            }
        }
        if (entries.isEmpty()) {
            return OVER;
        }
        if (end.isPresent()) {
            boolean up = end.get().service() == Service.UP || end.get().outcome() != Outcome.FAILED;
            return stopping && !up ? DOWN : OVER;
        }
        return stopping ? CUT_OFF : UNTOUCHED;
    }

    /** Whether supervisord, or a process of its, may not be what it was before the run. */
    public boolean isChanged() {
        return this == CUT_OFF || this == DOWN;
    }
}
