package dev.rollcall.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations of which only the targets matter. */
public final class Configs {
    private Configs() {}

    public static Config of(Map<String, Config.Target> targets) {
        Config none = Config.NONE;
        return new Config(
                none.stateDir(),
                targets,
                none.journals(),
                none.triggers(),
                none.blackouts(),
                none.webhook(),
                none.routesDir());
    }

    /** @param restart what it is restarted with, if the request does not say it */
    public static Config.Target target(String conf, Map<String, ?> restart) throws UsageException {
        return new Config.Target(
                Optional.of(conf), Optional.empty(), "auto", List.of(), List.of(), OptionSet.of(restart, "the test"));
    }
}
