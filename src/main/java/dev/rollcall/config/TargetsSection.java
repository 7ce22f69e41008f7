package dev.rollcall.config;

import dev.rollcall.config.Config.Target;
import dev.rollcall.config.YamlTree.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code targets}: supervisords by name. */
final class TargetsSection {
    static final List<String> KEYS = List.of("conf", "broker", "remote_control", "exec_inspect", "start", "restart");

    /** Which supervisord is meant, how the result is shown and whether a blackout counts is said by each request, not once for all of a target's. */
    static final List<String> DEFAULTS = OptionSet.WORDS.stream()
            .filter(word ->
                    !List.of("target", "conf", "output", "override", "defer").contains(word))
            .toList();

    private static final List<String> MEANS = List.of("auto", "redis", "amqp", "exec", "none");

    private TargetsSection() {}

    static Map<String, Target> read(Mapping targets, Reading reading) {
        Map<String, Target> read = new LinkedHashMap<>();
        targets.entries()
                .forEach((name, value) -> target(value.mapping(KEYS), reading).ifPresent(t -> read.put(name, t)));
        return read;
    }

    private static Optional<Target> target(Mapping keys, Reading reading) {
        Optional<String> means = keys.text("remote_control");
        means.filter(m -> !MEANS.contains(m))
                .ifPresent(m -> keys.problem("remote_control", "'" + m + "' is none of " + String.join(", ", MEANS)));
        Optional<OptionSet> restart = RequestKeys.read(keys.mapping("restart", DEFAULTS), DEFAULTS);
        Target target = new Target(
                reading.text(keys, "conf"),
                keys.text("broker"),
                means.orElse("auto"),
                keys.list("exec_inspect"),
                keys.listOr("start", "auto"),
                restart.orElse(OptionSet.NONE));
        return restart.map(r -> target);
    }
}
