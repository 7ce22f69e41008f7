package dev.rollcall.core;

import java.util.List;

/** Tells pool processes from whatever else a main process may have as children. */
public final class PoolProcesses {
    private PoolProcesses() {}

    /**
     * A pool process is a direct child that has never executed another program: same executable, same command line, or Celery's own
     * title. A clone further down was forked by a task and is a bystander. The scheduler of {@code -B} ends with the pool; without a title
     * it looks the same.
     */
    public static List<ProcessEntry> of(ProcessEntry main, String pool, List<ProcessEntry> children) {
        if (CeleryCommand.BEAT.equals(pool)) {
            return List.of();
        }
        return children.stream()
                .filter(child -> isClone(main, child, CeleryCommand.hasPoolProcesses(pool)))
                .toList();
    }

    private static boolean isClone(ProcessEntry main, ProcessEntry child, boolean pooled) {
        boolean looksPooled = child.argv().equals(main.argv()) || CeleryCommand.isTitledPool(child.argv());
        boolean sameCommand = pooled && looksPooled || CeleryCommand.isEmbeddedBeat(child.argv());
        return child.ppid() == main.pid() && child.exe().equals(main.exe()) && sameCommand;
    }
}
