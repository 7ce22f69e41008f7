package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

    private static LogLine line(String runId, String message, Throwable thrown) {
        return new LogLine(
                AT, System.Logger.Level.WARNING, runId, "dev.rollcall.trigger.events.Outbox", message, thrown);
    }

    @Test
    void text_has_time_level_run_logger_and_message() {
        assertThat(line("r1", "said", null).text()).isEqualTo("2026-11-24T12:00:00.000Z WARNING r1 Outbox: said");
        assertThat(line("", "said", null).text()).isEqualTo("2026-11-24T12:00:00.000Z WARNING Outbox: said");
    }

    @Test
    void a_value_cannot_make_a_line_of_its_own_or_colour_a_terminal() {
        String text =
                line("", "a\nb\r\tc\u001b[31md\u2028e\u202ef\u0085g", null).text();
        assertThat(text).endsWith("Outbox: a\\nb\\r\\tc\\u001b[31md\\u2028e\\u202ef\\u0085g");
        assertThat(text.lines()).hasSize(1);
    }

    @Test
    void an_exception_stays_on_the_line() {
        String text = line("", "broke", new IllegalStateException("why\nthen")).text();
        assertThat(text.lines()).hasSize(1);
        assertThat(text).contains("broke [java.lang.IllegalStateException: why\\nthen\\n\\tat ");
    }

    @Test
    void json_has_the_same_and_one_line() throws IOException {
        String text = line("r1", "a\nb", new IllegalStateException("why")).json();
        assertThat(text.lines()).hasSize(1);
        JsonNode json = Json.MAPPER.readTree(text);
        assertThat(json.path("time").asText()).isEqualTo("2026-11-24T12:00:00.000Z");
        assertThat(json.path("level").asText()).isEqualTo("warning");
        assertThat(json.path("run_id").asText()).isEqualTo("r1");
        assertThat(json.path("logger").asText()).isEqualTo("dev.rollcall.trigger.events.Outbox");
        assertThat(json.path("message").asText()).isEqualTo("a\nb");
        assertThat(json.path("stack").asText()).startsWith("java.lang.IllegalStateException: why");
        assertThat(Json.MAPPER
                        .readTree(line("", "m", null).json())
                        .path("run_id")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_password_is_not_logged_whoever_says_it() {
        LogLine line = line("", "to https://me:hunter2@example.org", new IllegalStateException("password=hunter2"));
        assertThat(line.text()).contains("https://me:***@example.org").doesNotContain("hunter2");
        assertThat(line.json()).doesNotContain("hunter2");
    }

    @Test
    void what_is_endless_is_cut() {
        assertThat(line("", "x".repeat(1 << 20), null).text()).hasSizeLessThan(20_000);
    }
}
