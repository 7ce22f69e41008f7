package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.trigger.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The latest runs, a line each, as {@code rollcall runs --output json} lists them. */
final class ListRuns implements Operation {
    private static final int USUAL = 20;
    private static final int MOST = 500;

    /** One run in the list; the whole of it has an address of its own. */
    record Line(
            String runId,
            String target,
            Outcome outcome,
            int exitCode,
            String requestedBy,
            Instant startedAt,
            long durationMs) {
        static Line of(Result run) {
            return new Line(
                    run.runId(),
                    run.target(),
                    run.outcome(),
                    run.exitCode(),
                    run.requestedBy(),
                    run.startedAt(),
                    run.durationMs());
        }
    }

    private final Runs runs;

    ListRuns(Runs runs) {
        this.runs = runs;
    }

    @Override
    public Reply answer(Call call) throws UsageException {
        Query.Parameters query = call.query().read(List.of("target", "limit"));
        int limit = (int) query.number("limit", USUAL, 1, MOST);
        List<Line> lines =
                runs.list(query.text("target"), limit).stream().map(Line::of).toList();
        return Reply.json(200, Map.of("runs", lines));
    }
}
