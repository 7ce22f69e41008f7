package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemClockTest {
    private final SystemClock clock = new SystemClock();

    @Test
    void a_pause_is_not_cut_short_for_no_reason() {
        long before = clock.nanos();
        clock.pause(Duration.ofMillis(20));
        assertThat(clock.nanos() - before).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void an_interrupt_ends_a_pause_and_stays_set() {
        Thread.currentThread().interrupt();
        long before = clock.nanos();
        clock.pause(Duration.ofMinutes(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(clock.nanos() - before).isLessThan(10_000_000_000L);
    }
}
