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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The targets of a configuration, and requests for them. */
public record Targets(Config config) {
    /** Code of a refusal: nobody has said which supervisord is meant, and none is where they usually are. */
    public static final String NO_CONF = "CONF_NOT_FOUND";

    /** Options with the defaults of their target filled in. */
    public Options options(OptionSet given) throws UsageException {
        Optional<Target> target = named(given);
        return (target.isPresent() ? given.over(target.get().restart()) : given).options();
    }

    /** @param options with defaults filled in, as {@link #options} gives them */
    public Request request(Options options, String requestedBy, boolean dryRun) throws UsageException {
        Optional<Target> target = Optional.ofNullable(config.targets().get(options.target()));
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
        return request(its(asked), asked.options(), Path.of(asked.conf()), asked.requestedBy(), false);
    }

    /** By its configuration, for a target may have got another name meanwhile, and its name may be another's. */
    private Optional<Target> its(Event.Requested asked) {
        Optional<Target> named =
                Optional.ofNullable(config.targets().get(asked.options().target()));
        boolean stillIts = named.flatMap(Target::conf)
                .map(conf -> asked.options().conf() != null || leadsTo(conf, asked.conf()))
                .orElse(true);
        return named.filter(target -> stillIts).or(() -> config.targets().values().stream()
                .filter(target -> target.conf()
                        .filter(conf -> leadsTo(conf, asked.conf()))
                        .isPresent())
                .findFirst());
    }

    private static boolean leadsTo(String conf, String real) {
        try {
            return Path.of(conf).toRealPath().equals(Path.of(real));
        } catch (IOException gone) {
            return Path.of(conf).toAbsolutePath().normalize().equals(Path.of(real));
        }
    }

    private static Request request(
            Optional<Target> target, Options options, Path conf, String requestedBy, boolean dryRun) {
        Celery.Settings celery = target.map(
                        t -> new Celery.Settings(t.broker().orElse(null), t.remoteControl(), t.execInspect()))
                .orElse(Celery.Settings.AUTO);
        List<String> start = target.map(Target::start).orElse(List.of());
        return new Request(options, conf, celery, start, requestedBy, dryRun);
    }

    private Optional<Target> named(OptionSet given) throws UsageException {
        String name = given.text("target").orElse("default");
        Optional<Target> found = Optional.ofNullable(config.targets().get(name));
        boolean named = given.text("target").isPresent() && !name.equals("default");
        if (found.isEmpty() && named && given.text("conf").isEmpty()) {
            throw new UsageException(unknown(name));
        }
        return found;
    }

    /** What to say of a target that is not there. */
    public String unknown(String name) {
        String hint = config.targets().isEmpty()
                ? "; the configuration has no targets, name a supervisord.conf with -c"
                : Nearest.hint(name, config.targets().keySet());
        return "tried to use target " + name + " but the configuration does not have it" + hint;
    }
}
