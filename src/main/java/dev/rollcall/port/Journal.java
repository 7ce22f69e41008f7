package dev.rollcall.port;

import dev.rollcall.core.Entry;
import dev.rollcall.core.LastRoll;
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

    /**
     * The log of a run that goes on.
     *
     * @param entries what stands in it
     */
    record Reopened(RunLog log, List<Entry> entries) {
        public Reopened {
            entries = List.copyOf(entries);
        }

        /** The roll that is on disk, with what was added to it: the permission to act on it still stands (S1). */
        public Optional<Recorded> roll() {
            return LastRoll.in(entries).map(Recorded::new);
        }
    }

    /** One run at a time per supervisord: the lock goes by the real path of its configuration. */
    Lock lock(Path conf, Holder me);

    /** Who holds the lock of a configuration now; nothing if nobody alive does. Takes no lock itself. */
    Optional<Holder> holder(Path conf);

    /** Opens the log of a new run, which {@link #runsOf} and {@link #runsWith} find from now on. */
    RunLog begin(String runId, String conf, Optional<String> token);

    /** Goes on with the log of a run behind its last whole line; what is torn behind that is cut away. */
    Reopened reopen(String runId);

    /** Ids of all runs, latest first. */
    List<String> runs();

    /** Ids of the runs of one configuration by its real path, latest first. */
    List<String> runsOf(String conf);

    /** Ids of the runs of one configuration that were asked for with this token, latest first; found without reading other runs. */
    List<String> runsWith(String conf, String token);

    /** The events of a run up to the last whole line; nothing if there is no such run. */
    Optional<List<Entry>> read(String runId);

    Path path(String runId);

    /** Writes pids separated by spaces, by atomic rename; without a path of the user's, into the state folder. */
    Path writePids(Optional<Path> to, String target, List<Long> pids);

    /** A file for a foreground supervisord's standard error. */
    Path errors(String target);
}
