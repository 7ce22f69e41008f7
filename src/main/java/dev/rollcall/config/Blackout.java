package dev.rollcall.config;

import java.time.ZoneId;

/**
 * A time in which no run starts, whoever asks, unless {@code override} is asked for.
 *
 * @param cron Quartz's form, seconds first: every second that it matches is in it
 */
public record Blackout(String name, String cron, ZoneId zone) {
    /** However it was laid out. */
    public Blackout {
        cron = cron.strip().replaceAll("\\s+", " ");
    }
}
