package dev.rollcall.celery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message around a command or an answer, as kombu's transports write it; anything that is not JSON is refused, never unpickled. */
final class Envelope {
    private static final String JSON = "application/json";

    private Envelope() {}

    /** What an incoming message turned out to be. */
    sealed interface Incoming {
        /** Whether it answers a question of ours, readable or not. */
        default boolean ours() {
            return true;
        }

        default List<Reply> replies() {
            return List.of();
        }

        default Optional<Finding> complaint() {
            return Optional.empty();
        }
    }

    /** An answer to a question of ours. */
    record Answer(String ticket, List<Reply> replies) implements Incoming {}

    /** Somebody else's, or late from an earlier question. */
    record Foreign() implements Incoming {
        @Override
        public boolean ours() {
            return false;
        }
    }

    /**
     * It cannot or must not be read.
     *
     * @param ticket the question it answers, or empty if even that cannot be told
     */
    record Refused(String ticket, Finding finding) implements Incoming {
        @Override
        public Optional<Finding> complaint() {
            return Optional.of(finding);
        }
    }

    /** A command as bytes for a transport that has no message properties of its own. */
    static byte[] wrap(Command command) {
        String body = Base64.getEncoder().encodeToString(Json.bytes(command.body()));
        Map<String, Object> delivery = Map.of("exchange", command.exchange(), "routing_key", "");
        return Json.bytes(Map.of(
                "body",
                body,
                "content-encoding",
                "utf-8",
                "content-type",
                JSON,
                "headers",
                Map.of("clock", 1, "expires", 0),
                "properties",
                Map.of(
                        "delivery_mode",
                        2,
                        "delivery_info",
                        delivery,
                        "priority",
                        0,
                        "body_encoding",
                        "base64",
                        "delivery_tag",
                        command.ticket())));
    }

    /** @param methods method by ticket of every question of ours */
    static Incoming unwrap(byte[] message, Map<String, String> methods) {
        if (message.length > Json.LARGEST) {
            return tooLarge();
        }
        try {
            return open(Json.first(message), methods);
        } catch (IOException e) {
            return unreadable("", "it is no JSON");
        }
    }

    static Refused tooLarge() {
        return new Refused(
                "",
                Finding.warning(
                        "REPLY_TOO_LARGE",
                        "tried to read a node's answer but it is larger than " + Json.LARGEST / 1_000_000 + " MB",
                        "look for tasks with huge arguments; the node counts as unanswered"));
    }

    static Finding tooMany() {
        return Finding.warning(
                "REPLY_TOO_LARGE",
                "tried to keep what the nodes answered but together it is more than Rollcall has memory for",
                "look for nodes with thousands of active tasks; those not kept count as unanswered");
    }

    private static Incoming open(JsonNode envelope, Map<String, String> methods) {
        String ticket = envelope.path("headers").path("ticket").asText("");
        String method = methods.get(ticket);
        if (method == null) {
            return envelope.isObject() ? new Foreign() : unreadable("", "it is no message");
        }
        String type = envelope.path("content-type").asText("none");
        if (!type.equals(JSON)) {
            return notJson(ticket, type);
        }
        if (envelope.path("headers").has("compression")) {
            return unreadable(ticket, "it is compressed");
        }
        return body(ticket, method, envelope);
    }

    private static Incoming body(String ticket, String method, JsonNode envelope) {
        try {
            String text = envelope.path("body").asText();
            boolean encoded =
                    envelope.path("properties").path("body_encoding").asText("").equals("base64");
            byte[] body = encoded ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
            List<Reply> replies = Answers.read(method, Json.answer(body));
            return replies.isEmpty() ? unreadable(ticket, "it names no node") : new Answer(ticket, replies);
        } catch (IOException | IllegalArgumentException e) {
            return unreadable(ticket, "its body is not what its head says");
        }
    }

    private static Refused notJson(String ticket, String type) {
        return new Refused(
                ticket,
                Finding.warning(
                        "REPLY_NOT_JSON",
                        "tried to read a node's answer but it is " + Secrets.mask(type)
                                + ", which is never opened; it counts as unanswered here",
                        "set task_serializer to json for this application, or remote_control to exec"));
    }

    private static Refused unreadable(String ticket, String cause) {
        return new Refused(
                ticket,
                Finding.warning(
                        "REPLY_UNREADABLE",
                        "tried to read a node's answer but " + cause,
                        "see the node's log; it counts as unanswered"));
    }
}
