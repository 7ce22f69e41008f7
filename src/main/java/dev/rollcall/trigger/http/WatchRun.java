package dev.rollcall.trigger.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import dev.rollcall.trigger.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The events of a run as they come: all there are so far and at least one, if there is one in time; or as a stream. */
final class WatchRun implements Operation {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Runs runs;
    private final EventStream stream;

    WatchRun(Runs runs, EventStream stream) {
        this.runs = runs;
        this.stream = stream;
    }

    @Override
    public Reply answer(Call call) throws UsageException, InterruptedException {
        Query.Parameters query = call.query().read(List.of("after", "wait"));
        long after = query.number("after", 0, 0, Long.MAX_VALUE / 10);
        Duration wait = query.duration("wait", LONGEST);
        String id = call.part("id");
        // Asked before the events are: what has ended by then has no event that is not among them.
        Optional<Result> run = ShowRun.isId(id) ? runs.find(id) : Optional.empty();
        if (run.isEmpty()) {
            return ShowRun.unknown();
        }
        boolean ended = run.get().outcome() != Outcome.RUNNING;
        if (wantsStream(call)) {
            return stream.answer(call, id, EventStream.lastSeen(call, after), ended);
        }
        return runs.events(id, after, ended ? Duration.ZERO : wait)
                .map(entries -> Reply.json(200, document(id, after, entries, ended)))
                .orElseGet(ShowRun::unknown);
    }

    private static boolean wantsStream(Call call) {
        return call.headers().apply("Accept").stream()
                .anyMatch(a -> a.toLowerCase(Locale.ROOT).contains("text/event-stream"));
    }

    private static ObjectNode document(String id, long after, List<Entry> entries, boolean ended) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("run_id", id);
        ArrayNode events = document.putArray("events");
        entries.forEach(entry -> events.add(EventCodec.document(entry)));
        document.put(
                "after",
                entries.isEmpty() ? after : entries.get(entries.size() - 1).seq());
        document.put("ended", ended);
        return document;
    }
}
