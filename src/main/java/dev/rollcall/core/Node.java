package dev.rollcall.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Celery worker instance on the roll: a main process and its pool.
 *
 * @param pid of the main process
 * @param startTicks clock ticks since boot
 * @param pool prefork, solo, threads, gevent, eventlet, or null if nobody said
 * @param answered whether it answered over remote control
 * @param orphan of an earlier life of this supervisord
 */
public record Node(
        String name,
        String program,
        long pid,
        long startTicks,
        @Nullable String pool,
        boolean answered,
        boolean orphan,
        List<Pool> processes,
        List<Task> tasks) {

    /** Who said that a process belongs to the pool. */
    public enum Source {
        STATS,
        ACTIVE,
        TREE
    }

    /** A pool process. */
    public record Pool(long pid, long startTicks, Set<Source> foundBy) {
        public Pool {
            // a set that keeps its order: Set.copyOf has another one in each JVM
            foundBy =
                    Collections.unmodifiableSet(foundBy.isEmpty() ? EnumSet.of(Source.TREE) : EnumSet.copyOf(foundBy));
        }

        /** By its place below the main process, and nothing else. */
        public static Pool inTree(ProcessEntry process) {
            return new Pool(process.pid(), process.startTicks(), Set.of(Source.TREE));
        }

        public ProcessIdentity identity(String bootId) {
            return new ProcessIdentity(pid, startTicks, bootId);
        }
    }

    public Node {
        processes = List.copyOf(processes);
        tasks = List.copyOf(tasks);
    }

    /** Of its main process. */
    public ProcessIdentity identity(String bootId) {
        return new ProcessIdentity(pid, startTicks, bootId);
    }

    /** A scheduler is on the roll like a worker, but has no pool and answers nobody. */
    public boolean takesTasks() {
        return !CeleryCommand.BEAT.equals(pool);
    }

    Node named(String real) {
        return new Node(real, program, pid, startTicks, pool, answered, orphan, processes, tasks);
    }

    /** Only a node that has told what it runs has answered. */
    public Node answering(List<Task> now) {
        return new Node(name, program, pid, startTicks, pool, true, orphan, processes, now);
    }

    /** The same node with these pool processes alone and no tasks: what the journal adds to the roll. */
    public Node withOnly(List<Pool> fresh) {
        return new Node(name, program, pid, startTicks, pool, answered, orphan, fresh, List.of());
    }

    public Node withMore(List<Pool> more) {
        List<Pool> all = new ArrayList<>(processes);
        all.addAll(more);
        return new Node(name, program, pid, startTicks, pool, answered, orphan, all, tasks);
    }
}
