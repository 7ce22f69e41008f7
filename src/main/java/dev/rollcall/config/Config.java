package dev.rollcall.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rollcall's configuration, as far as a single restart needs it.
 *
 * @param targets by name
 */
public record Config(Optional<String> stateDir, Map<String, Target> targets) {
    public static final Config NONE = new Config(Optional.empty(), Map.of());

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
