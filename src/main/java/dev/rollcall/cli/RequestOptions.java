package dev.rollcall.cli;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a request as command-line options; one JSON object on stdin says the same. */
final class RequestOptions {
    @Option(names = "--target", paramLabel = "NAME", description = "A target of the configuration (default: default).")
    private @Nullable String target;

    @Option(
            names = {"-c", "--conf"},
            paramLabel = "FILE",
            description = "supervisord's configuration, as for supervisorctl -c.")
    private @Nullable String conf;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "supervisord (default) or programs.")
    private @Nullable String scope;

    @Option(
            names = "--programs",
            paramLabel = "NAME",
            split = ",",
            description = "With --scope programs: name, group:name or group:*.")
    private @Nullable List<String> programs;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description = "Wait this long for active tasks before the stop (default: 0s).")
    private @Nullable String drain;

    @Option(
            names = "--stop-timeout",
            paramLabel = "TIME",
            description = "How long the stop may take (default: auto, by supervisor's own stopwaitsecs).")
    private @Nullable String stopTimeout;

    @Option(
            names = "--kill-grace",
            paramLabel = "TIME",
            description = "SIGTERM first and wait this long before SIGKILL (default: 0s).")
    private @Nullable String killGrace;

    @Option(
            names = "--start-timeout",
            paramLabel = "TIME",
            description = "Until programs run and nodes answer (default: 60s).")
    private @Nullable String startTimeout;

    @Option(
            names = "--inspect-timeout",
            paramLabel = "TIME",
            description = "Longest wait for nodes that do not answer (default: 2s).")
    private @Nullable String inspectTimeout;

    @Option(
            names = "--require-answers",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Change nothing if a node does not answer.")
    private @Nullable String requireAnswers;

    @Option(
            names = "--allow-bystander-loss",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Go on although stopasgroup or killasgroup would kill bystanders.")
    private @Nullable String allowBystanderLoss;

    @Option(
            names = "--token",
            paramLabel = "NAME",
            description = "A name for this restart: done once, it is not done again.")
    private @Nullable String token;

    @Option(names = "--pidfile", paramLabel = "FILE", description = "Where the pids are written as plain text.")
    private @Nullable String pidfile;

    @Option(
            names = "--override",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Go through although there is a blackout.")
    private @Nullable String override;

    /** A word of triggers: known here only to be refused with a sentence of its own. */
    @Option(names = "--defer", hidden = true, arity = "0..1", fallbackValue = "true", paramLabel = "BOOL")
    private @Nullable String defer;

    @Option(names = "--output", paramLabel = "FORM", description = "text (default) or json.")
    private @Nullable String output;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "Read options from a JSON object in FILE, or on stdin with -.")
    private @Nullable String request;

    @Option(names = "--requested-by", hidden = true, paramLabel = "WHO")
    private @Nullable String requestedBy;

    OptionSet given() throws UsageException {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("target", target);
        options.put("conf", conf);
        options.put("scope", scope);
        options.put("programs", programs);
        options.put("drain", drain);
        options.put("stop_timeout", stopTimeout);
        options.put("kill_grace", killGrace);
        options.put("start_timeout", startTimeout);
        options.put("inspect_timeout", inspectTimeout);
        options.put("require_answers", requireAnswers);
        options.put("allow_bystander_loss", allowBystanderLoss);
        options.put("token", token);
        options.put("pidfile", pidfile);
        options.put("override", override);
        options.put("defer", defer);
        options.put("output", output);
        OptionSet onCommandLine = OptionSet.of(options, "the command line");
        if (request == null) {
            return onCommandLine;
        }
        Map<String, @Nullable Object> asked = RequestFile.read(request);
        output = output == null ? String.valueOf(asked.get("output")) : output;
        target = target == null && asked.get("target") instanceof String name ? name : target;
        return onCommandLine.over(OptionSet.of(asked, RequestFile.name(request)));
    }

    /** Known as soon as the request is read, also if it turns out to be wrong. */
    boolean wantsJson() {
        return "json".equals(output);
    }

    /** Of a request that turns out to be wrong. */
    Options asFarAsKnown() {
        return OptionSet.asFarAsKnown(target);
    }

    /** The same of who asks. */
    String asker() {
        return "ansible".equals(requestedBy) ? "ansible" : "cli";
    }

    String requestedBy() throws UsageException {
        if (requestedBy == null) {
            return "cli";
        }
        if (!requestedBy.equals("ansible") && !requestedBy.equals("cli")) {
            throw new UsageException(
                    "tried to read --requested-by but '" + requestedBy + "' is neither cli nor ansible");
        }
        return requestedBy;
    }
}
