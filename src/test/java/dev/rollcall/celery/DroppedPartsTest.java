package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a node says and nobody may keep, or need not (S11, S12). */
class DroppedPartsTest {
    @Test
    void arguments_of_tasks_and_logins_are_dropped_while_parsing() throws IOException {
        String answer =
                """
                {"w@h":[{"id":"1","args":["hunter2"],"kwargs":{"password":"hunter2"},"name":"t"}],
                "x@h":{"pid":7,"broker":{"password":"hunter2"},"pool":{"writes":"hunter2","processes":[8]}}}""";
        String kept = Json.answer(bytes(answer)).toString();
        assertThat(kept).contains("\"name\":\"t\"", "\"processes\":[8]").doesNotContain("hunter2");
    }

    @Test
    void a_million_small_values_are_too_many() {
        String answer = "{\"w@h\":[" + "1,".repeat(1_000_000) + "1]}";
        assertThatThrownBy(() -> Json.answer(bytes(answer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exceeds the maximum allowed");
    }

    @Test
    void what_is_nested_deeper_than_any_answer_is_not_read() {
        String answer = "{\"w@h\":" + "[".repeat(200) + "]".repeat(200) + "}";
        assertThatThrownBy(() -> Json.answer(bytes(answer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exceeds the maximum allowed");
    }

    @Test
    void words_of_a_node_are_plain_and_not_endless() throws IOException {
        String name = "\\u001b[31m" + "x".repeat(1000);
        Reply reply = Answers.read("active", Json.answer(bytes("{\"" + name + "\":[]}")))
                .get(0);
        assertThat(reply.node()).startsWith("[31mx").hasSizeLessThanOrEqualTo(300);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
