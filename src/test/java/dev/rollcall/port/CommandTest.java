package dev.rollcall.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.port.Commands.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A command may end in a log or in an exception; its words must not (S11). */
class CommandTest {
    @Test
    void shows_neither_words_nor_environment_nor_input() {
        Command command = new Command(
                List.of("/bin/x", "--broker", "redis://:hunter2@h"),
                Map.of("BROKER", "redis://:hunter2@h"),
                null,
                "hunter2".getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(1));
        assertThat(command).hasToString("/bin/x");
    }
}
