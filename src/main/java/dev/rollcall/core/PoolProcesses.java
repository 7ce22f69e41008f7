package dev.rollcall.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells pool processes from whatever else a main process may have as children. */
public final class PoolProcesses {
    private PoolProcesses() {}

    /**
     * A pool process is a direct child that has never executed another program: same executable, same command line, or Celery's own
     * title. A clone further down was forked by a task and is a bystander. The scheduler of {@code -B} ends with the pool; without a title
     * it looks the same.
     *
     * @param pool null, if nobody said, is prefork
     */
    public static List<ProcessEntry> of(ProcessEntry main, @Nullable String pool, List<ProcessEntry> children) {
        return of(main, Optional.ofNullable(pool).orElse("prefork"), children, Set.of());
    }

    /** @param confirmed pids that replies have named */
    static List<ProcessEntry> of(ProcessEntry main, String pool, List<ProcessEntry> children, Set<Long> confirmed) {
        if (CeleryCommand.BEAT.equals(pool)) {
            return List.of();
        }
        return children.stream()
                .filter(child -> isClone(main, child, CeleryCommand.hasPoolProcesses(pool)))
                .filter(child -> confirmed.contains(child.pid()) || !hasDetached(main, child))
                .toList();
    }

    /** Celery's pool never does so; a task that runs in the main process forks such a child, and nobody may have said which pool it is. */
    private static boolean hasDetached(ProcessEntry main, ProcessEntry child) {
        return child.pgid() != main.pgid() && child.sid() != main.sid();
    }

    private static boolean isClone(ProcessEntry main, ProcessEntry child, boolean pooled) {
        boolean looksPooled = child.argv().equals(main.argv()) || CeleryCommand.isTitledPool(child.argv());
        boolean sameCommand = pooled && looksPooled || CeleryCommand.isEmbeddedBeat(child.argv());
        return child.ppid() == main.pid() && child.exe().equals(main.exe()) && sameCommand;
    }
}
