package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.json.EventCodec;
import dev.rollcall.trigger.Runs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Events as text/event-stream. It ends with the run, or after some time; a client comes back with the last id that it has seen. */
final class EventStream {
    /** A line of silence now and then shows both sides that the other is there. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Pattern ID = Pattern.compile("\\d{1,18}");
    private static final Reply NOTHING_MORE = Reply.of(204, "text/event-stream", new byte[0]);
    private static final Reply SENT = Reply.of(200, "text/event-stream", new byte[0]);

    private final Runs runs;
    private final Duration longest;

    EventStream(Runs runs, Duration longest) {
        this.runs = runs;
        this.longest = longest;
    }

    /** What a browser says when it comes back is later than what the address says. */
    static long lastSeen(Call call, long after) throws UsageException {
        Optional<String> id = call.header("Last-Event-ID");
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            throw new UsageException(
                    "tried to read Last-Event-ID but it is no id of an event; send the last one that was seen");
        }
        return id.map(Long::parseLong).orElse(after);
    }

    /** @param ended whether the run has ended before; 204 tells a browser not to come back */
    Reply answer(Call call, String id, long after, boolean ended) throws InterruptedException {
        Optional<List<Entry>> first = runs.events(id, after, Duration.ZERO);
        if (first.isEmpty()) {
            return ShowRun.unknown();
        }
        if (ended && first.get().isEmpty()) {
            return NOTHING_MORE;
        }
        call.client().open("text/event-stream");
        try {
            send(call.client(), id, after, first.get(), ended);
        } catch (IOException e) {
            return SENT; // there is nobody to tell
        } finally {
            call.client().end();
        }
        return SENT;
    }

    private void send(Client client, String id, long after, List<Entry> first, boolean ended)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long seen = after;
        List<Entry> entries = first;
        boolean over = ended;
        while (true) {
            client.send(entries.isEmpty() ? ":\n\n" : text(entries));
            seen = entries.isEmpty() ? seen : entries.get(entries.size() - 1).seq();
            over = over || entries.stream().anyMatch(e -> e.event() instanceof Event.RunEnded);
            long left = end - System.nanoTime();
            if (over || left <= 0) {
                return;
            }
            Duration wait = left < HEARTBEAT.toNanos() ? Duration.ofNanos(left) : HEARTBEAT;
            entries = runs.events(id, seen, wait).orElse(List.of());
        }
    }

    private static String text(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append("id: ").append(entry.seq()).append('\n');
            text.append("data: ").append(EventCodec.document(entry)).append("\n\n");
        }
        return text.toString();
    }
}
