package dev.rollcall.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What makes the engine restart a target.
 *
 * @param inbox where request files are dropped
 */
public record Triggers(List<Timer> timers, Optional<Path> inbox, Optional<Http> http) {
    public static final Triggers NONE = new Triggers(List.of(), Optional.empty(), Optional.empty());

    /**
     * A restart by the calendar.
     *
     * @param cron Quartz's form, seconds first
     * @param once whether a firing that was missed happens, once, when the engine is back
     * @param request what is asked for then
     */
    public record Timer(String name, String cron, ZoneId zone, boolean once, OptionSet request) {
        /** However it was laid out. */
        public Timer {
            cron = cron.strip().replaceAll("\\s+", " ");
        }
    }

    /**
     * Where the engine listens.
     *
     * @param token file with the bearer token; without it only on loopback
     * @param certificate PEM file, as {@code key} is; both or none
     */
    public record Http(String host, int port, Optional<Path> token, Optional<Path> certificate, Optional<Path> key) {}

    public Triggers {
        timers = List.copyOf(timers);
    }
}
