package dev.rollcall.trigger.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as it is sent: the fields of its journal line, and what a receiver needs to know whose it is.
 *
 * @param body the exact bytes, of which the signature is made
 */
record Letter(String runId, long seq, String type, byte[] body) {
    /** Receivers have limits; what is larger is in the journal. */
    static final int LARGEST = 256 << 10;

    /**
     * @param host this one's name
     * @param asked what the run was asked for
     */
    static Letter of(Entry entry, String host, Event.Requested asked) {
        ObjectNode fields = EventCodec.document(entry);
        byte[] whole = bytes(address(fields, host, asked));
        return new Letter(
                entry.runId(),
                entry.seq(),
                entry.event().type(),
                whole.length <= LARGEST ? whole : stub(fields, whole.length));
    }

    private static ObjectNode address(ObjectNode fields, String host, Event.Requested asked) {
        return fields.put("host", host)
                .put("target", asked.options().target())
                .put("conf", asked.conf())
                .put("requested_by", asked.requestedBy());
    }

    private static byte[] stub(ObjectNode fields, int length) {
        ObjectNode stub = fields.retain("seq", "at", "run_id", "type", "host", "target", "conf", "requested_by");
        stub.putObject("omitted").put("bytes", length).put("limit", LARGEST);
        return bytes(stub);
    }

    private static byte[] bytes(ObjectNode fields) {
        try {
            return Json.MAPPER.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }

    /** Names this event among all, so that a receiver knows one that comes twice. */
    String id() {
        return runId + "/" + seq;
    }

    Map<String, Object> headers(Signature signature) {
        Map<String, Object> headers = new LinkedHashMap<>(
                Map.of("Content-Type", "application/json", "X-Rollcall-Event", type, "X-Rollcall-Delivery", id()));
        signature.of(body).ifPresent(value -> headers.put(Signature.HEADER, value));
        return headers;
    }
}
