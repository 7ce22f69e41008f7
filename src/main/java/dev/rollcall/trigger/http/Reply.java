package dev.rollcall.trigger.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is answered, whole. */
record Reply(int status, Map<String, String> headers, byte[] body) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    private static final int LONGEST_DETAIL = 1000;

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply json(int status, Object document) {
        try {
            return of(status, JSON, Json.MAPPER.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    /** Of RFC 9457. @param code stable, listed in docs/errors.md @param detail one sentence */
    static Reply problem(Status status, String code, String detail) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("type", "about:blank");
        document.put("title", status.title());
        document.put("status", status.code());
        document.put("detail", detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail);
        document.put("code", code);
        byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
        return of(status.code(), PROBLEM, body).with(status.headers());
    }

    Reply with(String name, String value) {
        return with(Map.of(name, value));
    }

    private Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
