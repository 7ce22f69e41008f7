package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Event.Requested.Joined;
import dev.rollcall.core.Options;
import dev.rollcall.core.Window;
import dev.rollcall.port.Celery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A restart or a plan that somebody asked for, with everything about its target resolved.
 *
 * @param conf supervisord's configuration, as given
 * @param start the target's own start command; empty is as it was started
 * @param requestedBy cli, timer:NAME, file:NAME, http or ansible
 * @param joined who else has asked for the same run
 * @param blackout the one that it falls into
 */
public record Request(
        Options options,
        Path conf,
        Celery.Settings celery,
        List<String> start,
        String requestedBy,
        boolean dryRun,
        List<Joined> joined,
        Optional<Window> blackout) {
    public Request {
        start = List.copyOf(start);
        joined = List.copyOf(joined);
    }

    /** Asked for by one alone, in no blackout. */
    public Request(
            Options options,
            Path conf,
            Celery.Settings celery,
            List<String> start,
            String requestedBy,
            boolean dryRun) {
        this(options, conf, celery, start, requestedBy, dryRun, List.of(), Optional.empty());
    }

    /** The same, asked for by others as well. */
    public Request with(List<Joined> others) {
        return new Request(options, conf, celery, start, requestedBy, dryRun, others, blackout);
    }

    /** The same, made at a time of which is known whether it is in a blackout. */
    public Request in(Optional<Window> window) {
        return new Request(options, conf, celery, start, requestedBy, dryRun, joined, window);
    }

    /** As the journals know it. */
    String realConf() {
        return real(conf).toString();
    }

    /** Where a configuration is, by whatever links; of one that is gone, where it was said to be. */
    public static Path real(Path conf) {
        try {
            return conf.toRealPath();
        } catch (IOException gone) {
            return conf.toAbsolutePath().normalize();
        }
    }

    List<String> tokens() {
        return new Event.Requested(options, dryRun, requestedBy, "", "", joined).tokens();
    }

    /** The same target, with what the run of this journal was asked for. */
    Request again(List<Entry> journal) {
        return Unfinished.asked(journal)
                .map(asked -> new Request(
                        asked.options(),
                        Path.of(asked.conf()),
                        celery,
                        start,
                        asked.requestedBy(),
                        false,
                        asked.joined(),
                        blackout))
                .orElse(this);
    }
}
