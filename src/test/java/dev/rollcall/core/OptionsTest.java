package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two who ask for one restart. */
class OptionsTest {
    private static Options options(
            Duration drain, @Nullable Duration stop, boolean answers, boolean loss, @Nullable String token) {
        Options d = Options.DEFAULTS;
        return new Options(
                d.target(),
                null,
                d.scope(),
                List.of(),
                drain,
                stop,
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                answers,
                loss,
                token,
                null,
                false);
    }

    private static final Options HASTY = options(Duration.ZERO, Duration.ofSeconds(5), false, true, "a");
    private static final Options CAREFUL = options(Duration.ofMinutes(1), Duration.ofMinutes(2), true, false, "b");

    @Test
    void the_more_careful_wish_counts_whoever_came_first() {
        for (Options both : List.of(HASTY.and(CAREFUL), CAREFUL.and(HASTY))) {
            assertThat(both.requireAnswers()).isTrue();
            assertThat(both.allowBystanderLoss()).isFalse();
        }
    }

    @Test
    void the_longer_time_counts() {
        for (Options both : List.of(HASTY.and(CAREFUL), CAREFUL.and(HASTY))) {
            assertThat(both.drain()).isEqualTo(Duration.ofMinutes(1));
            assertThat(both.stopTimeout()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Test
    void supervisor_s_own_times_are_not_cut_short_by_a_number() {
        assertThat(HASTY.and(Options.DEFAULTS).stopTimeout()).isNull();
    }

    @Test
    void a_token_that_is_done_must_not_keep_another_from_being_served() {
        assertThat(HASTY.and(CAREFUL).token()).isNull();
        assertThat(HASTY.and(Options.DEFAULTS).token()).isNull();
        assertThat(HASTY.and(HASTY).token()).isEqualTo("a");
    }

    @Test
    void the_same_twice_is_the_same() {
        assertThat(CAREFUL.and(CAREFUL)).isEqualTo(CAREFUL);
    }
}
