package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://:hunter2@h:6379/0|redis://:***@h:6379/0",
                "amqp://guest:hunter2@h//|amqp://guest:***@h//",
                "curl https://u:p@ss@h/x and redis://:hunter2@h|curl https://u:***@h/x and redis://:***@h",
                "redis://h:6379/0|redis://h:6379/0",
                "mysql --password=hunter2 db|mysql --password=*** db",
                "mysql --password hunter2 db|mysql --password *** db",
                "--db-passwd=hunter2|--db-passwd=***",
                "AWS_SECRET_ACCESS_KEY=hunter2 run|AWS_SECRET_ACCESS_KEY=*** run",
                "api-key: hunter2|api-key: ***",
                "API_KEY=hunter2|API_KEY=***",
                "--TOKEN hunter2|--TOKEN ***",
                "credentials=hunter2|credentials=***",
                "sentinel://:one@a;sentinel://:two@b|sentinel://:***@a;sentinel://:***@b",
                "sleep 600|sleep 600",
            })
    void secrets_are_starred_and_the_rest_stays(String text, String masked) {
        assertThat(Masked.text(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u001bb"})
    void a_command_is_on_one_line(String word) {
        assertThat(Masked.command(List.of(word), "/x")).isEqualTo("a b");
    }

    @Test
    void a_command_without_words_is_its_executable() {
        assertThat(Masked.command(List.of(), "/bin/x")).isEqualTo("/bin/x");
    }

    @Test
    void a_command_has_at_most_200_characters() {
        assertThat(Masked.command(List.of("x".repeat(200)), "")).isEqualTo("x".repeat(200));
        assertThat(Masked.command(List.of("x".repeat(201)), "")).isEqualTo("x".repeat(199) + "…");
    }

    @Test
    void a_secret_in_its_own_word_of_the_command_line_is_starred() {
        assertThat(Masked.command(List.of("sh", "--token", "hunter2"), "")).isEqualTo("sh --token ***");
    }
}
