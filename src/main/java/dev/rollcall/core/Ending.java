package dev.rollcall.core;

import java.time.Duration;

/**
 * How a main process went.
 *
 * @param killedByUs Rollcall sent it SIGKILL
 * @param cold its stop cuts tasks short: QUIT, KILL, TERM remapped, or TERM that reaches the pool processes too
 * @param silence between its last answer and its end, but not from before its own stop; it stops answering when that begins
 * @param stopWait what supervisord waits before SIGKILL
 */
public record Ending(boolean killedByUs, boolean cold, Duration silence, Duration stopWait) {
    /**
     * Whether this stop signal makes Celery cut tasks short.
     *
     * @param stopSignal without SIG
     * @param remap value of {@code REMAP_SIGTERM} in the main process's environment, or empty
     */
    public static boolean isCold(String stopSignal, String remap) {
        boolean remapped = stopSignal.equals("TERM") && remap.equals("SIGQUIT");
        return remapped || stopSignal.equals("QUIT") || stopSignal.equals("KILL");
    }

    private static final Duration SLACK = Duration.ofMillis(1500);
    /** Three times what Celery's cold stop takes on a slow host: half a second before it ends its pool, and one more until that is gone. */
    private static final Duration LONGEST_COLD_STOP = Duration.ofSeconds(5);

    /** Whether a task that was running at its last answer was cut short: a warm stop waits for tasks until supervisord's patience ends. */
    public boolean cutTasks() {
        return killedByUs || cold || silence.compareTo(stopWait.minus(SLACK)) >= 0;
    }

    /** Whether a stop that was to be cold took so long that it may have waited for tasks first: Celery's soft shutdown, since 5.5. */
    public boolean mayHaveWaited() {
        return silence.compareTo(LONGEST_COLD_STOP) > 0 && silence.compareTo(stopWait.minus(SLACK)) < 0;
    }

    /** Whether it took nobody's time: until then it may have begun tasks, and what it had begun was cut short. */
    public boolean isSudden() {
        return killedByUs || cold;
    }

    /** What becomes of a task that was cut short here. */
    public InterruptedTask.Fate fateOf(Task task) {
        return task.acknowledged() ? InterruptedTask.Fate.LOST : InterruptedTask.Fate.REDELIVERED;
    }
}
