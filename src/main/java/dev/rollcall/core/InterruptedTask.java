package dev.rollcall.core;

import org.jspecify.annotations.Nullable;

/** A task whose process was gone before it finished. */
public record InterruptedTask(String id, String name, long workerPid, @Nullable String queue, Fate fate) {
    /** What becomes of it. */
    public enum Fate implements Word {
        /** It was acknowledged early: nobody will run it again. */
        LOST,
        /** The broker still has it: at once, or on Redis after its visibility timeout if the worker was killed. */
        REDELIVERED,
        UNKNOWN
    }

    public static InterruptedTask of(Task task, Fate fate) {
        return new InterruptedTask(task.id(), task.name(), task.workerPid(), task.queue(), fate);
    }
}
