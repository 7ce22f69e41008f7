package dev.rollcall.port;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
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

    /**
     * What can be told of a run without reading all of it.
     *
     * @param ends its first and its last event that can be trusted; one if they are the same, none if there is none
     * @param rolled whether it has taken a roll
     * @param whole whether no line is torn or altered
     * @param damaged whether more is wrong than a torn last line
     */
    record Glance(List<Entry> ends, boolean rolled, boolean whole, boolean damaged) {
        public Glance {
            ends = List.copyOf(ends);
        }

        public Optional<Event.Requested> requested() {
            return ends.stream()
                    .map(Entry::event)
                    .filter(Event.Requested.class::isInstance)
                    .map(Event.Requested.class::cast)
                    .findFirst();
        }

        /** How it ended, if its last word is that it did. */
        public Optional<Event.RunEnded> ended() {
            return ends.isEmpty() || !(ends.get(ends.size() - 1).event() instanceof Event.RunEnded end)
                    ? Optional.empty()
                    : Optional.of(end);
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

    /**
     * Opens the log of a new run, which {@link #runsOf} finds from now on. A journal that never got a whole line is begun again; whoever calls this holds the lock.
     *
     * @param confs the real path of its configuration and, if that is another one, the link by which it was asked for, for {@link #runsBy}
     * @param tokens by which {@link #runsWith} finds it
     */
    RunLog begin(String runId, List<String> confs, List<String> tokens);

    /** Goes on with the log of a run behind its last whole line; what is torn behind that is cut away, what is damaged is kept beside it. */
    Reopened reopen(String runId);

    /** Ids of all runs, latest first by when they were asked for. */
    List<String> runs();

    /** Ids of this host's runs of one configuration by its real paths. The one that began last is first: it may have been asked for before another, and a clock may have been set back. */
    List<String> runsOf(List<String> confs);

    /** Ids of this host's runs that were asked for by this link, wherever it led at the time, latest first. */
    List<String> runsBy(String link);

    /** Those of a configuration that were asked for with this token; found without reading other runs. */
    List<String> runsWith(List<String> confs, String token);

    /** The events of a run up to the last whole line; nothing if there is no such run. */
    Optional<List<Entry>> read(String runId);

    /** A run's ends; nothing if there is no such run. */
    Optional<Glance> glance(String runId);

    /** Removes journals that are over age or over number. What cannot be removed is logged and stays. */
    void prune(Instant now);

    Path path(String runId);

    /** Writes pids separated by spaces, by atomic rename; without a path of the user's, into the state folder. */
    Path writePids(Optional<Path> to, String target, List<Long> pids);

    /**
     * A file for a foreground supervisord's standard error.
     *
     * @throws JournalException if it cannot be written
     */
    Path errors(String target);
}
