package dev.rollcall.port;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remote control of Celery nodes. */
public interface Celery {
    /**
     * What the configuration says about reaching a target's nodes.
     *
     * @param broker URL, or null to discover it
     * @param remoteControl auto, redis, amqp, exec or none
     * @param execInspect command of {@code exec}; empty to discover it
     */
    record Settings(@Nullable String broker, String remoteControl, List<String> execInspect) {
        public static final Settings AUTO = new Settings(null, "auto", List.of());
    }

    /** An open line to the brokers of some nodes. */
    interface Line extends AutoCloseable {
        /** redis, amqp, exec or none; the best that is in use. */
        String means();

        /** What went wrong or deserves a word while the line was made. */
        List<Finding> findings();

        /** Pools that applications have chosen, by the pid of the main process; of those alone that had to be asked for their broker. */
        default Map<Long, String> pools() {
            return Map.of();
        }

        /**
         * Asks every node for stats and active tasks at once.
         *
         * @param expected pids of main processes on this host; when all of them have answered both, the wait ends
         * @param limit the longest wait; where celery inspect is called it may take seconds longer
         * @return every reply, other hosts' too, in the order they came
         */
        List<Reply> ask(Set<Long> expected, Duration limit);

        /** As {@link #ask}, but nobody who can only be asked by celery inspect: the service may be down while this waits. */
        List<Reply> askBriefly(Set<Long> expected, Duration limit);

        @Override
        void close();
    }

    /**
     * Finds the brokers of these main processes and connects. Never throws: no way in is a line of means {@code none} with a finding.
     *
     * @param mains main processes on this host, with command lines
     * @param limit for discovery and connection together
     */
    Line open(List<ProcessEntry> mains, Settings settings, Duration limit);
}
