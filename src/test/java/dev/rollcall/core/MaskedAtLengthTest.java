package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task can give what it starts any command line: one of 128 KB, the longest that is read, must not hold a restart up. */
class MaskedAtLengthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "token",
                "a.",
                "-u",
                " -u ",
                "a://b:",
                "://",
                "a:",
                "token: ",
                "token=",
                " ",
                "@",
                "http://u:p@h/"
            })
    void a_long_command_line_is_masked_in_time(String piece) {
        for (String before : List.of("", "http://u:", "x ")) {
            String line = before + piece.repeat(128 * 1024 / piece.length());
            String masked = Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> Masked.command(List.of(line), ""));
            assertThat(masked).hasSizeLessThanOrEqualTo(200);
        }
    }
}
