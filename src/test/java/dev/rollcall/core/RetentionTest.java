package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Retention.Past;
import dev.rollcall.core.Retention.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");
    private static final Retention RULE = new Retention(Duration.ofDays(10), 5);

    @ParameterizedTest
    @CsvSource({"4, 9, false", "5, 9, true", "4, 11, true", "0, 11, true", "4, 10, false"})
    void what_is_young_and_among_the_latest_is_not_even_read(int newer, int days, boolean surplus) {
        assertThat(RULE.isSurplus(newer, NOW.minus(Duration.ofDays(days)), NOW)).isEqualTo(surplus);
    }

    /** Each run by a word: what it is, and then the later runs of its configuration, next one first. */
    @ParameterizedTest
    @CsvSource({
        "up,                          LAST",
        "refused,                     LAST",
        "down,                        LAST",
        "up up,                       OVER_NUMBER",
        "refused refused,             OVER_NUMBER",
        "refused up,                  OVER_NUMBER",
        "down up,                     OVER_NUMBER",
        "down refused,                REMEMBERED",
        "down refused up,             OVER_NUMBER",
        "down down,                   REMEMBERED",
        "down open,                   REMEMBERED",
        "up refused,                  REMEMBERED",
        "up down,                     REMEMBERED",
        "rolled refused,              REMEMBERED",
        "rolled up,                   OVER_NUMBER",
        "refused open,                OVER_NUMBER",
        "open,                        UNFINISHED",
        "open up,                     UNFINISHED",
        "running,                     UNDER_WAY",
        "running up,                  UNDER_WAY"
    })
    void what_a_later_run_may_need_is_kept(String runs, Reason reason) {
        List<Past> all = Arrays.stream(runs.split(" ")).map(RetentionTest::past).toList();
        assertThat(RULE.judge(all.get(0), 5, all.subList(1, all.size()))).isEqualTo(reason);
    }

    @Test
    void only_two_reasons_make_it_go() {
        assertThat(Arrays.stream(Reason.values()).filter(Reason::goes))
                .containsExactly(Reason.OVER_AGE, Reason.OVER_NUMBER);
        assertThat(RULE.judge(past("up"), 4, List.of(past("up")))).isEqualTo(Reason.OVER_AGE);
    }

    private static Past past(String word) {
        return switch (word) {
            case "up" -> new Past(false, true, true, true, Service.UP);
            case "down" -> new Past(false, true, true, true, Service.DOWN);
            case "refused" -> new Past(false, true, false, false, Service.UNKNOWN);
            case "rolled" -> new Past(false, true, false, true, Service.UNKNOWN);
            case "open" -> new Past(false, false, false, true, Service.UNKNOWN);
            case "running" -> new Past(true, true, true, true, Service.UP);
            default -> throw new IllegalArgumentException(word);
        };
    }
}
