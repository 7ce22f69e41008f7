package dev.rollcall.trigger.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.core.Masked;
import dev.rollcall.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was logged: one line, whatever stands in it.
 *
 * @param runId empty if it is about none
 * @param logger full name; its last word is shown to people
 */
record LogLine(
        Instant at,
        System.Logger.Level level,
        String runId,
        String logger,
        String message,
        @Nullable Throwable thrown) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST = 16 << 10;

    String text() {
        String run = runId.isEmpty() ? "" : " " + plain(runId);
        String name = logger.substring(logger.lastIndexOf('.') + 1);
        return "%s %-7s%s %s: %s".formatted(TIME.format(at), level, run, plain(name), plain(words()));
    }

    private String words() {
        return thrown == null ? shown(message) : shown(message) + " [" + shown(stack(thrown)) + "]";
    }

    String json() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("time", TIME.format(at));
        fields.put("level", level.name().toLowerCase(Locale.ROOT));
        fields.put("run_id", runId.isEmpty() ? null : runId);
        fields.put("logger", logger);
        fields.put("message", shown(message));
        if (thrown != null) {
            fields.put("stack", shown(stack(thrown)));
        }
        return fields.toString();
    }

    /** Whoever wrote it: a password in a URL is none of a log's business. */
    private static String shown(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return Masked.text(cut);
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }

    /** A line break in a value must not begin what looks like another entry, nor an escape recolour a terminal. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> plain.append("\\n");
                case '\r' -> plain.append("\\r");
                case '\t' -> plain.append("\\t");
                default -> append(plain, c);
            }
        });
        return plain.toString();
    }

    private static void append(StringBuilder plain, int c) {
        int type = Character.getType(c);
        boolean unseen = Character.isISOControl(c)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT;
        if (unseen) {
            plain.append("\\u%04x".formatted(c));
        } else {
            plain.appendCodePoint(c);
        }
    }
}
