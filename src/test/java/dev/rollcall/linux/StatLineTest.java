package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatLineTest {
    private static final String AFTER = " S 7 8 9 0 -1 4194304 1 2 3 4 5 6 7 8 20 -5 1 0 ";

    @Test
    void reads_the_fields_that_tell_one_process_from_another() {
        assertThat(parse("42 (sleep)" + AFTER + "123456 5 6 7\n"))
                .isEqualTo(new StatLine(42, 'S', 7, 8, 9, 4194304, -5, 123456));
    }

    @Test
    void a_name_that_looks_like_fields_deceives_nobody() {
        assertThat(parse("42 (x) R 1 (\n) Z 1 (y)" + AFTER + "9 5\n"))
                .isEqualTo(new StatLine(42, 'S', 7, 8, 9, 4194304, -5, 9));
    }

    @Test
    void a_zombie_has_ended_and_a_sleeper_has_not() {
        assertThat(parse("1 (a)" + AFTER.replace('S', 'Z') + "9 5").ended()).isTrue();
        assertThat(parse("1 (a)" + AFTER.replace('S', 'X') + "9 5").ended()).isTrue();
        assertThat(parse("1 (a)" + AFTER + "9 5").ended()).isFalse();
    }

    @Test
    void a_kernel_thread_is_known_by_its_flag() {
        assertThat(parse("9 (kworker/0:1)" + AFTER.replace("4194304", "69238880") + "9 5")
                        .kernelThread())
                .isTrue();
        assertThat(parse("9 (kworker/0:1)" + AFTER + "9 5").kernelThread()).isFalse();
    }

    @Test
    void a_line_cut_off_is_refused_with_a_reason() {
        assertThatThrownBy(() -> parse("42 (sleep) S 1 2"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("tried to read");
    }

    @Property
    void any_name_leaves_the_fields_alone(@ForAll String name, @ForAll @LongRange(min = 1) long ticks) {
        assertThat(parse("42 (" + name + ")" + AFTER + ticks + " 5").startTicks())
                .isEqualTo(ticks);
    }

    @Property
    void any_bytes_are_a_line_or_refused(@ForAll @Size(max = 400) byte[] bytes) {
        try {
            StatLine.parse(bytes, bytes.length);
        } catch (UncheckedIOException refused) {
            assertThat(refused).hasMessageContaining("tried to read");
        }
    }

    @Property
    void a_line_cut_anywhere_never_gives_other_ticks(@ForAll @LongRange(min = 0, max = 200) long cut) {
        String line = "42 (a b)" + AFTER + "777 5 6 7 8\n";
        String torn = line.substring(0, (int) Math.min(cut, line.indexOf("777")));
        assertThatThrownBy(() -> parse(torn)).isInstanceOf(UncheckedIOException.class);
    }

    private static StatLine parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return StatLine.parse(bytes, bytes.length);
    }
}
