package dev.rollcall.core;

/** A leftover that could not be killed. */
public record Survivor(long pid, long startTicks, String node, Killed.Kind kind, String reason) {}
