package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers that are small to announce and large to hold (S12). */
class HostileLineTest {
    @Test
    void a_line_without_end_is_given_up() {
        refused("+" + "x".repeat(200_000), "this is not Redis");
    }

    @Test
    void more_items_than_any_answer_has_are_given_up() {
        refused("*200001\r\n", "its answer holds more than Rollcall reads");
        refused(
                "*2\r\n*150000\r\n" + ":1\r\n".repeat(150_000) + "*150000\r\n",
                "its answer holds more than Rollcall reads");
    }

    private static void refused(String bytes, String why) {
        try (SizeLimitedInput in = new SizeLimitedInput(
                new ByteArrayInputStream(bytes.getBytes(StandardCharsets.US_ASCII)), 50, () -> {})) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessage(why);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
