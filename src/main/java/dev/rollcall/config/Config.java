package dev.rollcall.config;

import dev.rollcall.core.Retention;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rollcall's configuration, as far as a single restart needs it.
 *
 * @param targets by name
 * @param journals which of them are kept
 */
public record Config(Optional<String> stateDir, Map<String, Target> targets, Retention journals) {
    public static final Config NONE = new Config(Optional.empty(), Map.of(), Retention.DEFAULT);

    /**
     * One supervisord that Rollcall may restart.
     *
     * @param remoteControl auto, redis, amqp, exec or none
     * @param start empty is as it was started
     * @param restart defaults for requests
     */
    public record Target(
            Optional<String> conf,
            Optional<String> broker,
            String remoteControl,
            List<String> execInspect,
            List<String> start,
            OptionSet restart) {}

    public Config {
        targets = Map.copyOf(targets);
    }
}
