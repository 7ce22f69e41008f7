package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In processes of their own: the first logger of a process decides for all. */
class EngineLogTest {
    private static List<String> talk(String format, String level) throws IOException, InterruptedException {
        Process talker = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Talker.class.getName(),
                        format,
                        level)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(talker.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(talker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(talker.exitValue()).as(said).isZero();
        // several providers on the path are worth a word to SLF4J; it says it before anybody listens
        return said.lines().filter(line -> !line.startsWith("SLF4J(")).toList();
    }

    @Test
    void what_is_said_by_any_way_is_a_line_of_the_same_form() throws Exception {
        List<String> lines = talk("TEXT", "INFO");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("\\S+Z INFO    run-1 Ours: by system");
        assertThat(lines.get(1)).matches("\\S+Z INFO    run-1 Ours: by slf4j");
        assertThat(lines.get(2))
                .matches("\\S+Z WARNING X: theirs as a warning \\[java.lang.IllegalStateException: why.*");
        assertThat(lines.get(3)).matches("\\S+Z WARNING X: theirs below as a warning");
    }

    @Test
    void in_detail_others_are_heard_too() throws Exception {
        List<String> lines = talk("JSON", "DEBUG");
        assertThat(lines).hasSize(7);
        for (String line : lines) {
            JsonNode json = Json.MAPPER.readTree(line);
            assertThat(json.path("message").asText()).isNotEmpty();
        }
        assertThat(lines.get(2)).contains("ours in detail");
        assertThat(lines.get(4)).contains("theirs below for information");
    }
}
