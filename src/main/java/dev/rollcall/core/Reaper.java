package dev.rollcall.core;

import java.util.Set;

/**
 * Who gets the children of a process that has ended: init, and what the kernel was asked to give those to that end below it. The kernel
 * does not tell which these are, so they are known by their names.
 */
final class Reaper {
    /** They have one child of their own, and end when it ends. */
    private static final Set<String> OF_ONE_COMMAND =
            Set.of("tini", "tini-static", "docker-init", "dumb-init", "catatonit");

    private static final Set<String> MANAGERS = Set.of("systemd", "init", "s6-svscan", "conmon");
    private static final String SHIM = "containerd-shim";
    private static final String DELETED = " (deleted)";

    private Reaper() {}

    static boolean is(ProcessEntry process) {
        return process.pid() <= 1
                || isOfOneCommand(process)
                || MANAGERS.contains(name(process))
                || name(process).startsWith(SHIM);
    }

    /** Whatever it has for children besides the first was not started by it. */
    static boolean isOfOneCommand(ProcessEntry process) {
        return OF_ONE_COMMAND.contains(name(process));
    }

    private static String name(ProcessEntry process) {
        String words = process.argv().isEmpty() ? "" : process.argv().get(0);
        String path = process.exe().isEmpty() ? words : process.exe().replace(DELETED, "");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
