package dev.rollcall.core;

/**
 * Names one process for ever: two processes are the same only if all three agree.
 *
 * @param startTicks clock ticks between boot and the start of the process, field 22 of {@code /proc/PID/stat}
 * @param bootId {@code /proc/sys/kernel/random/boot_id} of the boot it was seen in
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {}
