package dev.rollcall.core;

import java.time.Instant;

/**
 * A time in which no run starts.
 *
 * @param name of the blackout
 * @param until the first moment that is open again
 */
public record Window(String name, Instant until) {}
