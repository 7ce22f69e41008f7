package dev.rollcall.request;

import dev.rollcall.config.Config;
import dev.rollcall.config.Config.Target;
import dev.rollcall.config.Nearest;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.engine.ConfSearch;
import dev.rollcall.engine.Request;
import dev.rollcall.port.Celery;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of a configuration, and requests for them. */
public record Targets(Config config) {
    /** Code of a refusal: nobody has said which supervisord is meant, and none is where they usually are. */
    public static final String NO_CONF = "CONF_NOT_FOUND";

    /** Options with the name of their target, and its defaults, filled in. */
    public Options options(OptionSet given) throws UsageException {
        String name = name(given);
        OptionSet defaults = its(name, given.text("conf")).map(Target::restart).orElse(OptionSet.NONE);
        return given.over(OptionSet.target(name)).over(defaults).options();
    }

    /** @param options with defaults filled in, as {@link #options} gives them */
    public Request request(Options options, String requestedBy, boolean dryRun) throws UsageException {
        Optional<Target> target = its(options.target(), Optional.ofNullable(options.conf()));
        Path conf = Optional.ofNullable(options.conf())
                .or(() -> target.flatMap(Target::conf))
                .map(Path::of)
                .or(() -> ConfSearch.find(Path.of("").toAbsolutePath(), List.of()))
                .orElseThrow(
                        () -> new UsageException(
                                NO_CONF,
                                "tried to find supervisord's configuration but there is none on supervisor's search path; name it with -c FILE"));
        return request(target, options, conf.toAbsolutePath(), requestedBy, dryRun);
    }

    /** What a run was asked for, with today's settings of its target. */
    public Request again(Event.Requested asked) {
        String name = asked.options().target();
        Optional<String> conf = Optional.of(asked.conf());
        // by the link that was named, which may lead elsewhere by now; or the target has got another name, or its name
        // is another's
        Optional<Target> target = Optional.ofNullable(asked.options().conf())
                .flatMap(link -> its(name, Optional.of(link)))
                .or(() -> its(name, conf))
                .or(() -> nameOf(asked.conf()).flatMap(n -> its(n, conf)));
        return request(target, asked.options(), Path.of(asked.conf()), asked.requestedBy(), false);
    }

    /** The target that is meant: the one that was named, else the one whose configuration was. */
    private String name(OptionSet given) throws UsageException {
        Optional<String> named = given.text("target");
        Optional<String> conf = given.text("conf");
        if (named.isEmpty()) {
            return conf.flatMap(this::nameOf).orElse(Options.DEFAULTS.target());
        }
        String name = named.get();
        Optional<Target> target = Optional.ofNullable(config.targets().get(name));
        if (target.isEmpty() && conf.isEmpty() && !name.equals(Options.DEFAULTS.target())) {
            throw new UsageException(unknown(name));
        }
        if (target.isPresent() && its(name, conf).isEmpty()) {
            throw new UsageException(
                    "tried to use target " + name + " with " + conf.orElse("") + " but its configuration is "
                            + target.flatMap(Target::conf).orElse("") + "; name one of the two");
        }
        return name;
    }

    private Optional<String> nameOf(String conf) {
        return config.targets().entrySet().stream()
                .filter(target -> target.getValue()
                        .conf()
                        .filter(its -> isSame(its, conf))
                        .isPresent())
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder());
    }

    /** How one supervisord is started, and whom its workers listen to, is wrong for every other. */
    private Optional<Target> its(String name, Optional<String> conf) {
        return Optional.ofNullable(config.targets().get(name))
                .filter(target -> conf.isEmpty()
                        || target.conf().map(its -> isSame(its, conf.get())).orElse(true));
    }

    private static boolean isSame(String one, String other) {
        return Request.real(Path.of(one)).equals(Request.real(Path.of(other)));
    }

    private static Request request(
            Optional<Target> target, Options options, Path conf, String requestedBy, boolean dryRun) {
        Celery.Settings celery = target.map(
                        t -> new Celery.Settings(t.broker().orElse(null), t.remoteControl(), t.execInspect()))
                .orElse(Celery.Settings.AUTO);
        List<String> start = target.map(Target::start).orElse(List.of());
        return new Request(options, conf, celery, start, requestedBy, dryRun);
    }

    /** What to say of a target that is not there. */
    public String unknown(String name) {
        String hint = config.targets().isEmpty()
                ? "; the configuration has no targets, name a supervisord.conf with -c"
                : Nearest.hint(name, config.targets().keySet());
        return "tried to use target " + name + " but the configuration does not have it" + hint;
    }
}
