package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.celery.Envelope.Answer;
import dev.rollcall.celery.Envelope.Incoming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class EnvelopePropertiesTest {
    private static final Map<String, String> MINE = Map.of("t", "active", "s", "stats");

    @Property
    void any_bytes_have_a_typed_outcome(@ForAll @Size(max = 2000) byte[] bytes) {
        assertThat(Envelope.unwrap(bytes, MINE)).isInstanceOf(Incoming.class);
    }

    @Property
    void any_json_in_a_good_envelope_has_a_typed_outcome(
            @ForAll("json") String body, @ForAll boolean stats, @ForAll boolean encoded) {
        ObjectNode envelope = Json.MAPPER.createObjectNode();
        byte[] raw = body.getBytes(StandardCharsets.UTF_8);
        envelope.put("body", encoded ? Base64.getEncoder().encodeToString(raw) : body);
        envelope.put("content-type", "application/json");
        envelope.putObject("headers").put("ticket", stats ? "s" : "t");
        envelope.putObject("properties").put("body_encoding", encoded ? "base64" : "");
        Incoming incoming = Envelope.unwrap(envelope.toString().getBytes(StandardCharsets.UTF_8), MINE);
        assertThat(incoming).isInstanceOf(Incoming.class);
        if (incoming instanceof Answer answer) {
            assertThat(answer.replies()).isNotEmpty();
        }
    }

    @Property
    void a_cut_or_damaged_message_has_a_typed_outcome(
            @ForAll("json") String body, @ForAll int cut, @ForAll byte damage) {
        byte[] message = ("{\"headers\":{\"ticket\":\"t\"},\"content-type\":\"application/json\",\"body\":" + body
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
        message[Math.floorMod(cut, message.length)] = damage;
        byte[] shorter = Arrays.copyOf(message, Math.floorMod(cut, message.length) + 1);
        assertThat(Envelope.unwrap(message, MINE)).isInstanceOf(Incoming.class);
        assertThat(Envelope.unwrap(shorter, MINE)).isInstanceOf(Incoming.class);
    }

    @Property
    void any_bytes_from_a_broker_end_or_fail_and_never_grow(@ForAll @Size(max = 500) byte[] bytes) {
        try (SizeLimitedInput input = new SizeLimitedInput(new ByteArrayInputStream(bytes), 50, () -> {})) {
            assertThat(input.readAllBytes().length).isLessThanOrEqualTo(bytes.length + 10);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> scalars =
                Arbitraries.of("null", "true", "1", "-1e400", "140586118555200", "\"text\"", "1e999", "\"\\u0000\"");
        Arbitrary<String> keys = Arbitraries.of(
                "w@h", "pid", "pool", "processes", "args", "error", "time_start", "worker_pid", "delivery_info", "");
        return Arbitraries.recursive(
                () -> scalars, deeper -> Arbitraries.oneOf(array(deeper), object(keys, deeper)), 0, 4);
    }

    private static Arbitrary<String> array(Arbitrary<String> items) {
        return items.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
    }

    private static Arbitrary<String> object(Arbitrary<String> keys, Arbitrary<String> values) {
        return Arbitraries.maps(keys, values).ofMaxSize(4).map(map -> {
            List<String> pairs = map.entrySet().stream()
                    .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                    .toList();
            return "{" + String.join(",", pairs) + "}";
        });
    }
}
