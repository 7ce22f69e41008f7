package dev.rollcall.engine;

/** The nodes have been given the time to finish that was asked for. */
record Drained(Persisted persisted) {}
