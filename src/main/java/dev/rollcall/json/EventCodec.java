package dev.rollcall.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** One event as one line: envelope, the event's own fields, and a checksum that tells a torn or altered line. */
public final class EventCodec {
    private static final String CRC = ",\"crc\":\"";
    private static final Map<String, Class<? extends Event>> TYPES = Map.ofEntries(
            Map.entry("requested", Event.Requested.class),
            Map.entry("resumed", Event.Resumed.class),
            Map.entry("found", Event.Found.class),
            Map.entry("roll_taken", Event.RollTaken.class),
            Map.entry("roll_extended", Event.RollExtended.class),
            Map.entry("tasks_seen", Event.TasksSeen.class),
            Map.entry("killed", Event.WasKilled.class),
            Map.entry("spared", Event.WasSpared.class),
            Map.entry("survived", Event.HasSurvived.class),
            Map.entry("task_interrupted", Event.TaskInterrupted.class),
            Map.entry("hook_called", Event.HookCalled.class),
            Map.entry("ended", Event.RunEnded.class));

    private EventCodec() {}

    /** Loads what the first event needs, where somebody else waits for something else. */
    public static String warmUp() {
        return line(new Entry(1, Instant.EPOCH, "", new Event.Requested(Options.DEFAULTS, true, "", "", "")));
    }

    /** Without a line break. */
    public static String line(Entry entry) {
        ObjectNode fields = document(entry);
        String text = fields.toString();
        String body = text.substring(0, text.length() - 1);
        return body + CRC + checksum(body) + "\"}";
    }

    /** The event as it is shown outside, without the checksum. */
    public static ObjectNode document(Entry entry) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("seq", entry.seq());
        fields.put("at", entry.at().toString());
        fields.put("run_id", entry.runId());
        fields.put("type", entry.event().type());
        fields.setAll((ObjectNode) Json.MAPPER.valueToTree(entry.event()));
        return fields;
    }

    /** Whether a line is as it was written, by its checksum alone. */
    public static boolean isWhole(String line) {
        int at = line.lastIndexOf(CRC);
        return at >= 0 && line.substring(at).equals(CRC + checksum(line.substring(0, at)) + "\"}");
    }

    /** Nothing if the line is torn, altered or of a type that this version does not know. */
    public static Optional<Entry> entry(String line) {
        if (!isWhole(line)) {
            return Optional.empty();
        }
        try {
            JsonNode fields = Json.MAPPER.readTree(line);
            String word = fields.path("type").asText();
            Optional<Class<? extends Event>> type = type(word);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            Event event = Json.MAPPER.treeToValue(fields, type.get());
            Entry entry = new Entry(
                    fields.path("seq").asLong(),
                    Instant.parse(fields.path("at").asText()),
                    fields.path("run_id").asText(),
                    event);
            return Optional.of(entry).filter(e -> event.type().equals(word));
        } catch (JsonProcessingException | DateTimeException e) {
            // a checksum keeps nobody from writing it below a line of his own
            return Optional.empty();
        }
    }

    private static Optional<Class<? extends Event>> type(String word) {
        if (word.endsWith("_begun")) {
            return Optional.of(Event.StepBegun.class);
        }
        return word.endsWith("_done") ? Optional.of(Event.StepDone.class) : Optional.ofNullable(TYPES.get(word));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
