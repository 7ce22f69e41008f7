package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"a, a, 0", "'', abc, 3", "kitten, sitting, 3", "drain, dran, 1", "abc, '', 3", "ab, ba, 2"})
    void the_distance_is_the_number_of_edits(String one, String other, int edits) {
        assertThat(Nearest.distance(one, other)).isEqualTo(edits);
    }

    @Test
    void a_near_word_is_named_and_else_all_are() {
        List<String> known = List.of("target", "token");
        assertThat(Nearest.hint("tokn", known)).isEqualTo("; did you mean 'token'?");
        assertThat(Nearest.hint("weather", known)).isEqualTo("; known are target, token");
    }
}
