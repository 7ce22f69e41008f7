package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** A real state folder, written to as runs do. */
record State(Path root) {
    static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    static final String CONF = "/etc/supervisor/supervisord.conf";
    static final Event REQUESTED = requested("default", "http");
    static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);
    static final Event UP = new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 900, null);
    static final Event DOWN = new Event.RunEnded(Outcome.FAILED, 6, true, Service.DOWN, 900, null);

    static Event requested(String target, String by) {
        Options d = Options.DEFAULTS;
        Options options = new Options(
                target,
                null,
                d.scope(),
                d.programs(),
                d.drain(),
                null,
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                false,
                false,
                null,
                null,
                false);
        return new Event.Requested(options, false, by, CONF, "boot");
    }

    static Event found(String code) {
        return new Event.Found(Finding.info(code, "a message", ""));
    }

    Journal journal() {
        return new FileJournal(root, Retention.DEFAULT);
    }

    /** Written through the journal, fsynced, as a run of this process does. */
    RunLog begin(String id) {
        return journal().begin(id, List.of(CONF), List.of());
    }

    Path file(String id) {
        return root.resolve("runs").resolve(id + ".jsonl");
    }

    /** Without waiting for the disk. */
    void write(String id, Event... events) throws IOException {
        Files.createDirectories(root.resolve("runs"));
        long seq = Files.exists(file(id)) ? Files.readAllLines(file(id)).size() : 0;
        StringBuilder lines = new StringBuilder();
        for (Event event : events) {
            lines.append(line(id, ++seq, event)).append('\n');
        }
        append(id, lines.toString());
    }

    static String line(String id, long seq, Event event) {
        return EventCodec.line(new Entry(seq, BEGAN.plusSeconds(seq), id, event));
    }

    void append(String id, String text) throws IOException {
        Files.writeString(file(id), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
