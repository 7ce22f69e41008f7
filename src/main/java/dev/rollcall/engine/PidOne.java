package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import java.util.Optional;
import java.util.Set;

/**
 * The first process of the pid namespace that we see. In a container that is often one that waits for another (tini, dumb-init, a script): it
 * ends with that, and the kernel then kills everybody else, Rollcall too.
 */
record PidOne(ProcessTable table) {
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
     * Whether it may end with that supervisord.
     *
     * @param foreground a daemon has left its parent and its session: nobody waits for it
     * @return its name
     */
    Optional<String> waitsFor(long supervisord, boolean foreground) {
        return foreground ? table.get(supervisord).flatMap(this::keeper).map(PidOne::name) : Optional.empty();
    }

    private Optional<ProcessEntry> keeper(ProcessEntry supervisord) {
        ProcessEntry child = supervisord;
        for (Optional<ProcessEntry> next = table.parent(child); next.isPresent(); next = table.parent(child)) {
            ProcessEntry parent = next.get();
            if (isManager(parent)) {
                return Optional.empty();
            }
            if (parent.pid() == 1) {
                return supervisord.sid() == parent.sid() || supervisord.sid() == child.sid() && isFirst(child, parent)
                        ? next
                        : Optional.empty();
            }
            child = parent;
        }
        return Optional.empty();
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
