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

    /** What waits counts in nanoseconds, and finds out in the middle of a run. */
    @ParameterizedTest
    @ValueSource(strings = {"999999999d", "999999999h", "999999999m", "36501d"})
    void and_not_longer_than_anybody_waits(String text) {
        assertThatThrownBy(() -> Durations.parse("start_timeout", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("longer than 36500d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"36500d", "999999999s", "999999999ms"})
    void what_may_be_waited_for_fits_into_nanoseconds(String text) throws UsageException {
        assertThat(Durations.parse("start_timeout", text).plusSeconds(30).toNanos())
                .isPositive();
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
