package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The first process of the pid namespace that we see. In a container that is often one that waits for another (tini, dumb-init, a script): it
 * ends with that, and the kernel then kills everybody else, Rollcall too. Containers that share their pids (as in a pod, or with
 * {@code --pid=container:}) have a first process each: its parent is outside, and its files are not those of pid 1.
 *
 * @param elsewhere whether a process has other mounts than pid 1; also if it cannot be told
 */
record PidOne(ProcessTable table, LongPredicate elsewhere) {
    /** The first process of the container. */
    record Keeper(long pid, String name) {
        String place(long supervisord) {
            return pid == supervisord
                    ? "as the first process of its container"
                    : "below pid " + pid + " (" + name + "), which is no service manager";
        }
    }

    /** By the names that they go by as process 1. What is for containers alone (tini, dumb-init, docker-init, catatonit) ends with its child. */
    private static final Set<String> MANAGERS = Set.of(
            "init",
            "systemd",
            "runit",
            "runsvdir",
            "runsv",
            "s6-svscan",
            "s6-supervise",
            "openrc-init",
            "procd",
            "dinit",
            "finit",
            "launchd");

    /** Ten seconds; the kernel tells hundredths. */
    private static final long AT_ONCE = 1000;

    /**
     * Who may end with that supervisord, and the container with it.
     *
     * @param foreground a daemon has left its parent and its session: nobody waits for it
     */
    Optional<Keeper> waitsFor(long supervisord, boolean foreground) {
        return foreground
                ? table.get(supervisord).flatMap(this::keeper).map(p -> new Keeper(p.pid(), name(p)))
                : Optional.empty();
    }

    private Optional<ProcessEntry> keeper(ProcessEntry supervisord) {
        ProcessEntry child = supervisord;
        for (Optional<ProcessEntry> next = table.parent(child); next.isPresent(); next = table.parent(child)) {
            ProcessEntry parent = next.get();
            if (isManager(parent)) {
                return Optional.empty();
            }
            if (isFirstOfAll(parent)) {
                return supervisord.sid() == parent.sid() || supervisord.sid() == child.sid() && isFirst(child, parent)
                        ? next
                        : Optional.empty();
            }
            child = parent;
        }
        return Optional.of(supervisord).filter(this::isFirstOfAll);
    }

    /** What somebody has brought in from outside (docker exec) has the mounts of pid 1. */
    private boolean isFirstOfAll(ProcessEntry process) {
        return process.pid() == 1 || process.ppid() == 0 && elsewhere.test(process.pid());
    }

    /** What dumb-init waits for has a session of its own, and begins with it; what has been adopted has begun later. */
    private static boolean isFirst(ProcessEntry child, ProcessEntry parent) {
        return child.startTicks() - parent.startTicks() < AT_ONCE;
    }

    /** It starts anew what has ended, or goes on without. One that says nothing of itself is taken for one. */
    private static boolean isManager(ProcessEntry process) {
        return process.argv().isEmpty() || MANAGERS.contains(name(process)) || process.isSupervisord();
    }

    /** The old init adds its runlevel: {@code init [2]}. */
    private static String name(ProcessEntry process) {
        String word = process.argv().get(0).split(" ")[0];
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
