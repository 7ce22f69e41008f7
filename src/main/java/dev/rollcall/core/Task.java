package dev.rollcall.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that a node said it is running; never with its arguments.
 *
 * @param workerPid as the node gave it: for greenlet pools it is no pid at all and may be larger than any
 * @param acknowledged the broker has forgotten the message already: if cut short, the task is lost
 */
public record Task(
        String id,
        String name,
        long workerPid,
        @Nullable Instant startedAt,
        boolean acknowledged,
        @Nullable String queue) {}
