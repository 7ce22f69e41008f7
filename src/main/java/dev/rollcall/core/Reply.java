package dev.rollcall.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node answered over remote control. Two nodes of one name give two replies. */
public sealed interface Reply {
    String node();

    /** Those of one kind, in their order. */
    static <R extends Reply> List<R> only(Class<R> kind, List<Reply> replies) {
        return replies.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whether it is what every node says before it says what it runs. */
    boolean isOfItself();

    /**
     * @param pid of the main process, in the pid namespace of the node's own host
     * @param pool last part of the implementation's name, e.g. {@code prefork}; null before Celery 5.3
     * @param processes pids of the pool; empty for thread and greenlet pools
     */
    record Stats(String node, long pid, @Nullable String pool, List<Long> processes) implements Reply {
        public Stats {
            processes = List.copyOf(processes);
        }

        @Override
        public boolean isOfItself() {
            return true;
        }
    }

    /** The tasks that run now. */
    record Active(String node, List<Task> tasks) implements Reply {
        public Active {
            tasks = List.copyOf(tasks);
        }

        @Override
        public boolean isOfItself() {
            return false;
        }
    }

    /** The node answered that it could not do it. */
    record Failed(String node, String method, String message) implements Reply {
        @Override
        public boolean isOfItself() {
            return method.equals("stats");
        }
    }
}
