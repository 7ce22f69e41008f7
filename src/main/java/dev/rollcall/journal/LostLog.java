package dev.rollcall.journal;

import dev.rollcall.core.Event;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.RunLog;
import java.time.Instant;

/** A log that cannot be written: whoever may not act without one finds out at the first event. */
final class LostLog extends RunLog {
    private final JournalException why;

    LostLog(JournalException why) {
        this.why = why;
    }

    @Override
    public void append(Instant at, Event event) {
        throw new JournalException(why.getMessage());
    }

    @Override
    public void close() {}
}
