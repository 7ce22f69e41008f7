package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.json.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Journals as runs leave them, written without waiting for the disk: thousands of them are wanted. */
final class Journals {
    static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);
    static final Event UP = new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 900, null);
    static final Event DOWN = new Event.RunEnded(Outcome.FAILED, 6, true, Service.DOWN, 900, null);
    static final Event NOTHING = new Event.RunEnded(Outcome.NOTHING_TO_DO, 0, false, Service.UNKNOWN, 0, null);

    private Journals() {}

    static Event requested(String conf, String token) {
        Options d = Options.DEFAULTS;
        return new Event.Requested(
                new Options(
                        d.target(),
                        null,
                        d.scope(),
                        List.of(),
                        d.drain(),
                        null,
                        d.killGrace(),
                        d.startTimeout(),
                        d.inspectTimeout(),
                        false,
                        false,
                        token,
                        null,
                        false),
                false,
                "cli",
                conf,
                "boot");
    }

    static void write(Path root, String id, Event... events) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            lines.add(EventCodec.line(new Entry(lines.size() + 1L, BEGAN, id, event)));
        }
        Files.write(Files.createDirectories(root.resolve("runs")).resolve(id + ".jsonl"), lines);
    }
}
