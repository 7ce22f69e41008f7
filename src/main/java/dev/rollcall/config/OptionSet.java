package dev.rollcall.config;

import dev.rollcall.core.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options as somebody gave them, in snake_case, from a command line, a request or the configuration; later ones win. */
public final class OptionSet {
    /** Every option of a request, in the order of the documentation. */
    public static final List<String> WORDS = List.of(
            "target",
            "conf",
            "scope",
            "programs",
            "drain",
            "stop_timeout",
            "kill_grace",
            "start_timeout",
            "inspect_timeout",
            "require_answers",
            "allow_bystander_loss",
            "token",
            "pidfile",
            "output",
            "override",
            "defer");

    /** Those that a trigger may use: it names targets of the configuration, never paths. */
    public static final List<String> FOR_TRIGGERS = WORDS.stream()
            .filter(word -> !List.of("conf", "pidfile", "output").contains(word))
            .toList();

    private static final List<String> PATHS = List.of("conf", "pidfile");

    public static final OptionSet NONE = new OptionSet(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Map<String, Object> given;

    private OptionSet(Map<String, Object> given) {
        this.given = given;
    }

    /**
     * @param given a null value is an option that was not given
     * @param where for messages, e.g. "the request on stdin"
     */
    public static OptionSet of(Map<String, ? extends @Nullable Object> given, String where) throws UsageException {
        Map<String, Object> known = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends @Nullable Object> entry : given.entrySet()) {
            if (!WORDS.contains(entry.getKey())) {
                throw new UsageException("tried to read " + where + " but '" + entry.getKey() + "' is no option"
                        + Nearest.hint(entry.getKey(), WORDS));
            }
            Object value = entry.getValue();
            if (value != null) {
                checkPath(entry.getKey(), value);
                known.put(entry.getKey(), value);
            }
        }
        return new OptionSet(known);
    }

    /** As they were given, without those that were not. */
    public Map<String, Object> given() {
        return Collections.unmodifiableMap(given);
    }

    /** Whether it waits for the end of a blackout: only triggers can, so it is no part of a run. */
    public boolean defers() throws UsageException {
        return flag("defer");
    }

    /** Nothing but the name of a target. */
    public static OptionSet target(String name) {
        return new OptionSet(Map.of("target", name));
    }

    /** Of a request that turns out to be wrong: its target, as far as that is a name, with nothing but defaults. */
    public static Options asFarAsKnown(@Nullable Object target) {
        try {
            return target instanceof String name ? target(name).options() : Options.DEFAULTS;
        } catch (UsageException noName) {
            return Options.DEFAULTS;
        }
    }

    /** These, and those of {@code defaults} that are not given here. */
    public OptionSet over(OptionSet defaults) {
        Map<String, Object> all = new LinkedHashMap<>(defaults.given);
        all.putAll(given);
        return new OptionSet(all);
    }

    /** The value as given, for options that are not part of a run, such as output. */
    public Optional<String> text(String word) throws UsageException {
        Object value = given.get(word);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString());
        }
        throw new UsageException("tried to read " + word + " but it is no text; write one value");
    }

    public Options options() throws UsageException {
        Options fallback = Options.DEFAULTS;
        Options options = new Options(
                text("target").orElse(fallback.target()),
                text("conf").orElse(null),
                choice("scope", List.of("supervisord", "programs")).orElse(fallback.scope()),
                list("programs"),
                duration("drain").orElse(fallback.drain()),
                stopTimeout(),
                duration("kill_grace").orElse(fallback.killGrace()),
                duration("start_timeout").orElse(fallback.startTimeout()),
                duration("inspect_timeout").orElse(fallback.inspectTimeout()),
                flag("require_answers"),
                flag("allow_bystander_loss"),
                text("token").orElse(null),
                text("pidfile").orElse(null),
                flag("override"));
        defers();
        return checked(options);
    }

    private static Options checked(Options options) throws UsageException {
        if (!options.drain().isZero()) {
            throw notYet("drain");
        }
        if (options.scope().equals("programs")) {
            throw notYet("scope: programs");
        }
        if (!options.programs().isEmpty()) {
            throw notYet("programs");
        }
        if (!NAME.matcher(options.target()).matches()) {
            throw new UsageException("tried to read target but '" + options.target()
                    + "' is no name; use letters, digits, dot, dash and underscore");
        }
        if (options.token() != null && options.token().isBlank()) {
            // done once, it would stop every later restart of those whose variable is empty
            throw new UsageException(
                    "tried to read token but it is empty; give this restart a name, or leave token out");
        }
        return options;
    }

    /** At once, for whose configuration it is is asked before anything else. */
    private static void checkPath(String word, Object value) throws UsageException {
        if (PATHS.contains(word) && value instanceof String path && (path.isBlank() || path.indexOf('\0') >= 0)) {
            throw new UsageException("tried to read " + word + " but '" + path.replace('\0', '?')
                    + "' is no path; name a file, or leave it out");
        }
    }

    private static UsageException notYet(String what) {
        return new UsageException(
                "tried to use " + what + " but this version of Rollcall does not have it; leave it out");
    }

    private @Nullable Duration stopTimeout() throws UsageException {
        Optional<String> text = text("stop_timeout").filter(t -> !t.equals("auto"));
        return text.isEmpty() ? null : Durations.parse("stop_timeout", text.get());
    }

    private Optional<Duration> duration(String word) throws UsageException {
        Optional<String> text = text(word);
        return text.isEmpty() ? Optional.empty() : Optional.of(Durations.parse(word, text.get()));
    }

    private boolean flag(String word) throws UsageException {
        return choice(word, List.of("true", "false")).filter("true"::equals).isPresent();
    }

    private Optional<String> choice(String word, List<String> allowed) throws UsageException {
        Optional<String> text = text(word);
        if (text.isPresent() && !allowed.contains(text.get())) {
            throw new UsageException("tried to read " + word + " but '" + text.get() + "' is none of "
                    + String.join(", ", allowed) + Nearest.hint(text.get(), allowed));
        }
        return text;
    }

    private List<String> list(String word) throws UsageException {
        Object value = given.get(word);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw new UsageException(
                    "tried to read " + word + " but it is no list; write e.g. [\"worker\", \"group:*\"]");
        }
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(String.valueOf(item)));
        return texts;
    }
}
