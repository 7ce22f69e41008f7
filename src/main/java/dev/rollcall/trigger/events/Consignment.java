package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of one run on their way out, in their order. Worked on by one thread at a time. */
final class Consignment {
    private final Path file;
    private final String runId;
    private final Instant since;
    /** Of the last event that is done with. */
    private long done;
    /** Where the next line begins. */
    private long at;

    private boolean over;
    private Event.Requested asked = new Event.Requested(Options.DEFAULTS, false, "", "", "");
    private volatile @Nullable Instant oldest;

    /** Attempts at the next event that have failed. */
    private int failed;

    /**
     * @param done of the last event that is not to be sent
     * @param since older ones are not to be sent either
     */
    Consignment(Path file, String runId, long done, Instant since) {
        this.file = file;
        this.runId = runId;
        this.done = done;
        this.since = since;
    }

    String runId() {
        return runId;
    }

    /** The next event to be sent, again the same until it is {@link #done}. */
    Optional<JournalLine> next() throws IOException {
        if (Files.size(file) < at) { // what could not be brought to the disk was taken back
            at = 0;
        }
        for (Optional<JournalLine> line = read(); line.isPresent(); line = read()) {
            Entry entry = line.get().entry();
            if (entry.event() instanceof Event.Requested requested) {
                asked = requested;
            }
            if (entry.seq() > done && !entry.at().isBefore(since)) {
                oldest = entry.at();
                return line;
            }
            pass(line.get());
        }
        oldest = null;
        return Optional.empty();
    }

    private Optional<JournalLine> read() throws IOException {
        return JournalLine.read(file, runId, at);
    }

    void done(JournalLine line) {
        pass(line);
        failed = 0;
    }

    private void pass(JournalLine line) {
        at = line.end();
        done = Math.max(done, line.entry().seq());
        over = line.entry().event() instanceof Event.RunEnded;
    }

    /** @return how many attempts have failed by now */
    int failed() {
        return ++failed;
    }

    Letter letter(JournalLine line, String host) {
        return Letter.of(line.entry(), host, asked);
    }

    /** The last event that is done with says that the run has ended. */
    boolean isOver() {
        return over;
    }

    OutboxFolder.Settled settled() {
        return new OutboxFolder.Settled(done, at);
    }

    /** When the next event was written that is not sent yet. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(oldest);
    }
}
