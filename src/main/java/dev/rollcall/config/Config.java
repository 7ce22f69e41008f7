package dev.rollcall.config;

import dev.rollcall.core.Retention;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rollcall's configuration.
 *
 * @param targets by name
 * @param journals which of them are kept
 * @param triggers of the engine
 * @param blackouts for everybody, the command line too
 * @param webhook where events are sent
 * @param routesDir with route files that replace or join the packaged ones
 */
public record Config(
        Optional<String> stateDir,
        Map<String, Target> targets,
        Retention journals,
        Triggers triggers,
        List<Blackout> blackouts,
        Optional<Webhook> webhook,
        Optional<Path> routesDir) {
    public static final Config NONE = new Config(
            Optional.empty(),
            Map.of(),
            Retention.DEFAULT,
            Triggers.NONE,
            List.of(),
            Optional.empty(),
            Optional.empty());

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
        blackouts = List.copyOf(blackouts);
    }
}
