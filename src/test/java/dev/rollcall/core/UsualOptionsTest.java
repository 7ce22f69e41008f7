package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that no name gives away: they stand behind an option that usually holds one (S11). */
class UsualOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "curl -u me:hunter2 https://h/|curl -u me:*** https://h/",
                "curl --user me:hunter2 https://h/|curl --user me:*** https://h/",
                "mysql -phunter2 db|mysql -p*** db",
                "curl -H Authorization: Bearer hunter2|curl -H Authorization: Bearer ***",
                "mkdir -p folder|mkdir -p folder",
            })
    void what_usual_options_hold_is_starred(String text, String masked) {
        assertThat(Masked.text(text)).isEqualTo(masked);
    }
}
