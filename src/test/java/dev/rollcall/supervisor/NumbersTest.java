package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"7,7", "+7,7", "-1_000,-1000", "99999999999999999999,2147483647", "-99999999999,-2147483647", "0010,10"
    })
    void as_python_reads_them(String text, int number) {
        assertThat(Numbers.find(text)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0661\u0660", "\uD835\uDFCF\uD835\uDFCE"})
    void digits_of_other_scripts_are_digits(String ten) {
        assertThat(Numbers.find(ten)).contains(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_1", "1_", "1__0", "+-1", "1e3", "0x1", "1.0"})
    void anything_else_is_no_number(String text) {
        assertThat(Numbers.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1_1", "7_"})
    void a_number_of_a_million_digits_takes_neither_the_stack_nor_the_day(String piece) {
        String text = piece.repeat(1_000_000) + "1";
        assertThat(Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Numbers.find(text)))
                .contains(Integer.MAX_VALUE);
    }
}
