package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "202, DELIVERED",
        "204, DELIVERED",
        "301, AGAIN",
        "307, AGAIN",
        "400, PARKED",
        "401, PARKED",
        "403, PARKED",
        "404, PARKED",
        "408, AGAIN",
        "410, PARKED",
        "413, PARKED",
        "422, PARKED",
        "425, AGAIN",
        "429, AGAIN",
        "500, AGAIN",
        "501, AGAIN",
        "503, AGAIN",
        "599, AGAIN"
    })
    void each_status_has_one_consequence(int status, Receipt.Kind kind) {
        assertThat(Receipt.of(status, Optional.empty(), NOW).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "0 | PT0S",
                "Tue, 24 Nov 2026 12:00:30 GMT | PT30S",
                "Tue, 24 Nov 2026 11:00:00 GMT |",
                "soon |",
                "-5 |",
                "99999999999999999999 |"
            })
    void patience_is_read_as_seconds_or_a_date_and_nonsense_is_none(String header, Duration patience) {
        assertThat(Receipt.of(503, Optional.of(header), NOW).notBefore()).isEqualTo(Optional.ofNullable(patience));
    }

    @Test
    void waits_double_up_to_the_longest_and_are_spread() {
        Backoff usual = Backoff.USUAL;
        assertThat(usual.before(1, Optional.empty(), 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(usual.before(2, Optional.empty(), 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(usual.before(5, Optional.empty(), 1)).isEqualTo(Duration.ofSeconds(16));
        assertThat(usual.before(5, Optional.empty(), 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(usual.before(Integer.MAX_VALUE, Optional.empty(), 1)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_receiver_may_ask_for_more_patience_but_not_for_all_of_it() {
        assertThat(Backoff.USUAL.before(1, Optional.of(Duration.ofMinutes(10)), 0))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(Backoff.USUAL.before(1, Optional.of(Duration.ofDays(365)), 0))
                .isEqualTo(Duration.ofHours(1));
        assertThat(Backoff.USUAL.before(9, Optional.of(Duration.ofSeconds(1)), 1))
                .isEqualTo(Duration.ofSeconds(256));
    }
}
