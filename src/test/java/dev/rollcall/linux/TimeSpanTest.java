package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeSpanTest {
    @Test
    void times_are_read_as_systemctl_shows_them() {
        assertThat(TimeSpan.of("1min 30s")).contains(Duration.ofSeconds(90));
        assertThat(TimeSpan.of("5.500s")).contains(Duration.ofMillis(5_500));
        assertThat(TimeSpan.of("1h 250ms")).contains(Duration.ofMillis(3_600_250));
        assertThat(TimeSpan.of("1month")).contains(Duration.ofMinutes(43_830));
        assertThat(TimeSpan.of("0")).isEmpty();
    }

    @Test
    void what_is_endless_or_no_time_is_none() {
        assertThat(TimeSpan.of("infinity")).isEmpty();
        assertThat(TimeSpan.of("")).isEmpty();
        assertThat(TimeSpan.of("soon")).isEmpty();
        assertThat(TimeSpan.of("90s and more")).isEmpty();
        assertThat(TimeSpan.of("x 90s")).isEmpty();
    }
}
