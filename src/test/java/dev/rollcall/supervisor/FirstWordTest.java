package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstWordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "celery -A x         | celery",
                "  celery            | celery",
                "\"a b\"/c d         | a b/c",
                "'a \"b' c           | a \"b",
                "a\\ b c             | a b",
                "\"a\\\"b\\c\" d     | a\"b\\c",
                "'a\\' b             | a\\",
                "``                  | ``",
                "\"open              | open",
            })
    void is_found_by_the_rules_of_the_shell(String command, String word) {
        assertThat(FirstWord.of(command)).isEqualTo(word);
    }
}
