package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.celery.Envelope.Answer;
import dev.rollcall.celery.Envelope.Foreign;
import dev.rollcall.celery.Envelope.Incoming;
import dev.rollcall.celery.Envelope.Refused;
import dev.rollcall.core.Reply.Active;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Map<String, String> MINE = Map.of("ticket-1", "active");

    @Test
    void a_command_is_wrapped_as_kombu_does() throws Exception {
        Command command = new Command("active", "ticket-1", "celery.pidbox", "reply.celery.pidbox", "oid-1");
        JsonNode envelope = Json.MAPPER.readTree(Envelope.wrap(command));
        assertThat(envelope.path("content-type").asText()).isEqualTo("application/json");
        assertThat(envelope.at("/properties/delivery_info/exchange").asText()).isEqualTo("celery.pidbox");
        JsonNode body = Json.MAPPER.readTree(
                Base64.getDecoder().decode(envelope.path("body").asText()));
        assertThat(body)
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                {"method":"active","arguments":{"safe":true},"destination":null,"pattern":null,"matcher":null,
                "ticket":"ticket-1","reply_to":{"exchange":"reply.celery.pidbox","routing_key":"oid-1"}}"""));
    }

    @Test
    void an_answer_with_my_ticket_is_read() {
        assertThat(unwrap("ticket-1", "application/json", "{\"w@h\":[]}"))
                .isEqualTo(new Answer("ticket-1", List.of(new Active("w@h", List.of()))));
    }

    @Test
    void another_ticket_is_foreign_whatever_it_carries() {
        assertThat(unwrap("other", "application/x-python-serialize", "gASV")).isEqualTo(new Foreign());
    }

    @Test
    void anything_but_json_is_refused() {
        for (String type : List.of("application/x-python-serialize", "application/x-yaml", "application/data", "")) {
            assertThat(code(unwrap("ticket-1", type, "gASV"))).isEqualTo("REPLY_NOT_JSON");
        }
    }

    @Test
    void a_body_that_is_not_what_its_head_says_is_refused() {
        assertThat(code(unwrap("ticket-1", "application/json", "{\"w@h\":"))).isEqualTo("REPLY_UNREADABLE");
        assertThat(code(unwrap("ticket-1", "application/json", "[]"))).isEqualTo("REPLY_UNREADABLE");
        assertThat(code(Envelope.unwrap("nonsense".getBytes(StandardCharsets.UTF_8), MINE)))
                .isEqualTo("REPLY_UNREADABLE");
    }

    @Test
    void one_over_the_limit_is_not_even_looked_at() {
        assertThat(code(Envelope.unwrap(new byte[Json.LARGEST + 1], MINE))).isEqualTo("REPLY_TOO_LARGE");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThat(code(unwrap("ticket-1", "application/json", "{\"w@h\":" + "[".repeat(100_000))))
                .isEqualTo("REPLY_UNREADABLE");
    }

    private static Incoming unwrap(String ticket, String type, String body) {
        String encoded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        String envelope =
                """
                {"body":"%s","content-encoding":"utf-8","content-type":"%s","headers":{"ticket":"%s","clock":2},
                "properties":{"body_encoding":"base64"}}"""
                        .formatted(encoded, type, ticket);
        return Envelope.unwrap(envelope.getBytes(StandardCharsets.UTF_8), MINE);
    }

    private static String code(Incoming incoming) {
        return ((Refused) incoming).finding().code();
    }
}
