package dev.rollcall.port;

import dev.rollcall.core.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state folder: locks, runs and pid files. */
public interface Journal {
    /** It cannot be read or written; nothing may be begun. */
    final class JournalException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public JournalException(String message) {
            super(message);
        }

        /** The sentence is always there. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Who holds or wants a lock. */
    record Holder(String runId, long pid, String requestedBy, Instant since) {}

    /** A lock of this process, or the word of who has it. */
    sealed interface Lock {
        /** Held until closed; the kernel frees it if the process dies. */
        interface Closer extends AutoCloseable {
            @Override
            void close();
        }

        record Taken(Closer closer) implements Lock {}

        record Refused(Holder by) implements Lock {}
    }

    /** One run at a time per supervisord: the lock goes by the real path of its configuration. */
    Lock lock(Path conf, Holder me);

    /** Opens the log of a new run. */
    RunLog begin(String runId);

    /** Ends the log of a run that was cut off: another has finished it. */
    void finish(String runId, String byRun, Instant at);

    /** Ids of all runs, latest first. */
    List<String> runs();

    /** The events of a run up to the last whole line; nothing if there is no such run. */
    Optional<List<Entry>> read(String runId);

    Path path(String runId);

    /** Writes pids separated by spaces, by atomic rename; without a path of the user's, into the state folder. */
    Path writePids(Optional<Path> to, String target, List<Long> pids);

    /** A file for a foreground supervisord's standard error. */
    Path errors(String target);
}
