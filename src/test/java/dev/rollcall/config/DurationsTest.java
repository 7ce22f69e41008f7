package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "30s, 30000",
        "2m, 120000",
        "1h, 3600000",
        "90d, 7776000000",
        "7, 7000",
        "0, 0",
        "' 3s ', 3000"
    })
    void are_written_as_people_do(String text, long ms) throws UsageException {
        assertThat(Durations.parse("drain", text)).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1w", "1 s", "30S", "9999999999s", "PT3S"})
    void and_not_otherwise(String text) {
        assertThatThrownBy(() -> Durations.parse("drain", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("drain")
                .hasMessageContaining("'" + text + "'");
    }
}
