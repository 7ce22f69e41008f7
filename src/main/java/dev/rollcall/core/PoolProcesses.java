package dev.rollcall.core;

import java.util.List;

/** Tells pool processes from whatever else a main process may have as children. */
public final class PoolProcesses {
    private PoolProcesses() {}

    /**
     * A pool process is a direct child that has never executed another program: same executable, same command line, or Celery's own
     * title. A clone further down was forked by a task and is a bystander.
     */
    public static List<ProcessEntry> of(ProcessEntry main, String pool, List<ProcessEntry> children) {
        if (!CeleryCommand.hasPoolProcesses(pool)) {
            return List.of();
        }
        return children.stream().filter(child -> isClone(main, child)).toList();
    }

    private static boolean isClone(ProcessEntry main, ProcessEntry child) {
        boolean sameCommand = child.argv().equals(main.argv()) || CeleryCommand.isTitledPool(child.argv());
        return child.ppid() == main.pid() && child.exe().equals(main.exe()) && sameCommand;
    }
}
