package dev.rollcall.celery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Active;
import dev.rollcall.core.Reply.Failed;
import dev.rollcall.core.Reply.Stats;
import dev.rollcall.core.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Understands what nodes of Celery 4.4 to 5.6 answer to {@code stats} and {@code active}; any key may be missing. */
final class Answers {
    static final String STATS = "stats";
    static final String ACTIVE = "active";

    private static final String UNKNOWN = "its answer has an unknown shape";
    private static final int LONGEST = 300;

    private Answers() {}

    /** One reply for each node in a body {@code {node: result}}; nothing for a body of another shape. */
    static List<Reply> read(String method, JsonNode body) {
        List<Reply> replies = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            replies.add(one(method, word(entry.getKey()), entry.getValue()));
        }
        return replies;
    }

    private static Reply one(String method, String node, JsonNode result) {
        if (result.has("error")) {
            return new Failed(node, method, Secrets.mask(result.path("error").asText()));
        }
        if (method.equals(STATS) && isNumber(result.path("pid"))) {
            return stats(node, result);
        }
        if (method.equals(ACTIVE) && result.isArray()) {
            return active(node, result);
        }
        return new Failed(node, method, UNKNOWN);
    }

    /** Whether a reply says something; what a line of a log says that looks like an answer is nothing. */
    static boolean isOfKnownShape(Reply reply) {
        return !(reply instanceof Failed failed && failed.message().equals(UNKNOWN));
    }

    /** The library would make a number of a fraction, of text, and of what has more digits than fit. */
    private static boolean isNumber(JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToLong();
    }

    private static Stats stats(String node, JsonNode result) {
        long main = result.path("pid").asLong();
        List<Long> processes = new ArrayList<>();
        for (JsonNode pid : result.path("pool").path("processes")) {
            // a solo pool names the main process itself
            if (isNumber(pid) && pid.asLong() != main) {
                processes.add(pid.asLong());
            }
        }
        return new Stats(node, main, pool(result.path("pool").path("implementation")), processes);
    }

    /** {@code celery.concurrency.prefork:TaskPool} is prefork. */
    static @Nullable String pool(JsonNode implementation) {
        if (!implementation.isTextual()) {
            return null;
        }
        String module = implementation.asText().split(":", 2)[0];
        return word(module.substring(module.lastIndexOf('.') + 1));
    }

    /** Such words end on terminals and in journals: no escape sequences, and not endless. */
    private static String word(String text) {
        String plain = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return plain.replaceAll("\\p{Cntrl}", "");
    }

    private static Active active(String node, JsonNode result) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode task : result) {
            if (task.isObject()) {
                tasks.add(task(task));
            }
        }
        return new Active(node, tasks);
    }

    private static Task task(JsonNode task) {
        String type = task.path("type").asText("");
        return new Task(
                word(task.path("id").asText("")),
                word(task.path("name").asText(type)),
                isNumber(task.path("worker_pid")) ? task.path("worker_pid").asLong() : 0,
                instant(task.path("time_start")),
                task.path("acknowledged").asBoolean(false),
                queue(task.path("delivery_info")));
    }

    /** Wall clock seconds as a float. */
    private static @Nullable Instant instant(JsonNode seconds) {
        double value = seconds.isNumber() ? seconds.asDouble() : Double.NaN;
        boolean plausible = value > 0 && value < 1e11;
        return plausible ? Instant.ofEpochMilli(Math.round(value * 1000)) : null;
    }

    private static @Nullable String queue(JsonNode delivery) {
        String key = delivery.path("routing_key").asText("");
        String name = key.isEmpty() ? delivery.path("exchange").asText("") : key;
        return name.isEmpty() ? null : word(name);
    }
}
