package dev.rollcall.celery;

import java.util.HashMap;
import java.util.Map;

/** One question to every node of a broker, as kombu's pidbox puts it. */
record Command(String method, String ticket, String exchange, String replyExchange, String oid) {

    Map<String, Object> body() {
        Map<String, Object> body = new HashMap<>();
        body.put("method", method);
        // safe: the node makes arguments printable itself, so that a strange one cannot spoil its answer
        body.put("arguments", method.equals(Answers.ACTIVE) ? Map.of("safe", true) : Map.of());
        body.put("destination", null);
        body.put("pattern", null);
        body.put("matcher", null);
        body.put("ticket", ticket);
        body.put("reply_to", Map.of("exchange", replyExchange, "routing_key", oid));
        return body;
    }
}
