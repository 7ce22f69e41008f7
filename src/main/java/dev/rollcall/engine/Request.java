package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Event.Requested.Joined;
import dev.rollcall.core.Options;
import dev.rollcall.port.Celery;
import java.nio.file.Path;
import java.util.List;

/**
 * A restart or a plan that somebody asked for, with everything about its target resolved.
 *
 * @param conf supervisord's configuration, as given
 * @param start the target's own start command; empty is as it was started
 * @param requestedBy cli, timer:NAME, file:NAME, http or ansible
 * @param joined who else has asked for the same run
 */
public record Request(
        Options options,
        Path conf,
        Celery.Settings celery,
        List<String> start,
        String requestedBy,
        boolean dryRun,
        List<Joined> joined) {
    public Request {
        start = List.copyOf(start);
        joined = List.copyOf(joined);
    }

    /** Asked for by one alone. */
    public Request(
            Options options,
            Path conf,
            Celery.Settings celery,
            List<String> start,
            String requestedBy,
            boolean dryRun) {
        this(options, conf, celery, start, requestedBy, dryRun, List.of());
    }

    /** The same, asked for by others as well. */
    public Request with(List<Joined> others) {
        return new Request(options, conf, celery, start, requestedBy, dryRun, others);
    }

    List<String> tokens() {
        return new Event.Requested(options, dryRun, requestedBy, "", "", joined).tokens();
    }

    /** The same target, with what the run of this journal was asked for. */
    Request again(List<Entry> journal) {
        return Unfinished.asked(journal)
                .map(asked ->
                        new Request(
                                asked.options(),
                                Path.of(asked.conf()),
                                celery,
                                start,
                                asked.requestedBy(),
                                false,
                                asked.joined()))
                .orElse(this);
    }
}
