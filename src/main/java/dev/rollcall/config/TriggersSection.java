package dev.rollcall.config;

import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.config.YamlTree.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code triggers}: what makes the engine restart a target. */
final class TriggersSection {
    static final List<String> KEYS = List.of("timer", "file", "http");
    static final List<String> FILE_KEYS = List.of("inbox");
    static final List<String> TIMER_KEYS = Stream.concat(
                    Stream.of("name", "cron", "zone", "misfire"), OptionSet.FOR_TRIGGERS.stream())
            .toList();

    private static final List<String> MISFIRE = List.of("once", "skip");

    private final Reading reading;
    private final Set<String> targets;

    private TriggersSection(Reading reading, Set<String> targets) {
        this.reading = reading;
        this.targets = targets;
    }

    /** @param targets that the configuration has */
    static Triggers read(Mapping given, Reading reading, Set<String> targets) {
        TriggersSection section = new TriggersSection(reading, targets);
        return new Triggers(section.timers(given), section.inbox(given), HttpSection.read(given, reading));
    }

    private List<Timer> timers(Mapping given) {
        Times times = new Times(given.mappings("timer", TIMER_KEYS));
        List<Timer> timers = new ArrayList<>();
        for (Mapping entry : times.entries()) {
            String name = times.name(entry);
            Optional<String> misfire = entry.text("misfire");
            misfire.filter(m -> !MISFIRE.contains(m))
                    .ifPresent(m -> entry.problem("misfire", "'" + m + "' is neither once nor skip"));
            timers.add(new Timer(
                    name,
                    Times.cron(entry, reading.whole()),
                    Times.zone(entry),
                    misfire.filter("skip"::equals).isEmpty(),
                    request(entry)));
        }
        return timers;
    }

    /** A timer without a target is for the default one, which must be in the configuration all the same. */
    private OptionSet request(Mapping entry) {
        String target = entry.text("target").orElse("default");
        if (!targets.contains(target)) {
            String hint = targets.isEmpty() ? "; the configuration has no targets" : Nearest.hint(target, targets);
            String problem = "'" + target + "' is no target of the configuration" + hint;
            if (entry.has("target")) {
                entry.problem("target", problem);
            } else {
                entry.problem("target: " + problem);
            }
        }
        return RequestKeys.read(entry, OptionSet.FOR_TRIGGERS)
                .map(options -> options.over(OptionSet.target(target)))
                .orElse(OptionSet.NONE);
    }

    private Optional<Path> inbox(Mapping given) {
        Mapping file = given.mapping("file", FILE_KEYS);
        if (!given.has("file")) {
            return Optional.empty();
        }
        file.required("inbox");
        return reading.trusted(file, "inbox", Trust.Kind.INBOX);
    }
}
