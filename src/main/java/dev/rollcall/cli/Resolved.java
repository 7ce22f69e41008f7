package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.Config.Target;
import dev.rollcall.config.Nearest;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.ConfSearch;
import dev.rollcall.engine.Request;
import dev.rollcall.port.Celery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asked for, with configuration and defaults filled in.
 *
 * @param journals which are kept
 * @param json whether the result is to be one JSON document
 */
record Resolved(Request request, Path stateDir, Retention journals, boolean json) {

    static Resolved of(CommonOptions common, RequestOptions asked, boolean dryRun) throws UsageException {
        OptionSet given = asked.given();
        boolean json = isJson(given);
        Config config = common.config();
        Optional<Target> target = target(config, given);
        OptionSet all = target.isPresent() ? given.over(target.get().restart()) : given;
        Options options = all.options();
        Path conf = Optional.ofNullable(options.conf())
                .or(() -> target.flatMap(Target::conf))
                .map(Path::of)
                .or(() -> ConfSearch.find(Path.of("").toAbsolutePath(), List.of()))
                .orElseThrow(
                        () -> new UsageException(
                                "tried to find supervisord's configuration but there is none on supervisor's search path; name it with -c FILE"));
        Request request = request(target, options, conf.toAbsolutePath(), asked.requestedBy(), dryRun);
        return new Resolved(request, common.stateDir(config), config.journals(), json);
    }

    /** What a run was asked for, with today's settings of its target. */
    static Request again(Config config, Event.Requested asked) {
        return request(targetOf(config, asked), asked.options(), Path.of(asked.conf()), asked.requestedBy(), false);
    }

    /** By its configuration, for a target may have got another name meanwhile, and its name may be another's. */
    private static Optional<Target> targetOf(Config config, Event.Requested asked) {
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

    private static boolean isJson(OptionSet given) throws UsageException {
        String output = given.text("output").orElse("text");
        if (!List.of("text", "json").contains(output)) {
            throw new UsageException("tried to read output but '" + output + "' is neither text nor json");
        }
        return output.equals("json");
    }

    private static Optional<Target> target(Config config, OptionSet given) throws UsageException {
        String name = given.text("target").orElse("default");
        Optional<Target> found = Optional.ofNullable(config.targets().get(name));
        boolean named = given.text("target").isPresent() && !name.equals("default");
        if (found.isEmpty() && named && given.text("conf").isEmpty()) {
            String hint = config.targets().isEmpty()
                    ? "; the configuration has no targets, name a supervisord.conf with -c"
                    : Nearest.hint(name, config.targets().keySet());
            throw new UsageException("tried to use target " + name + " but the configuration does not have it" + hint);
        }
        return found;
    }
}
