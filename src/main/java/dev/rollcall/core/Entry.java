package dev.rollcall.core;

import java.time.Instant;

/** One event of a run, numbered from 1. */
public record Entry(long seq, Instant at, String runId, Event event) {}
