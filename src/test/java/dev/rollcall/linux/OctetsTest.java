package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OctetsTest {
    @Test
    void text_is_text() {
        byte[] bytes = "grüße €".getBytes(StandardCharsets.UTF_8);
        assertThat(Octets.text(bytes, 0, bytes.length)).isEqualTo("grüße €");
    }

    @Test
    void a_byte_that_is_no_text_becomes_what_python_makes_of_it() {
        byte[] bytes = {'a', (byte) 0xE9, (byte) 0xE2, (byte) 0x82, 'b'};
        assertThat(Octets.text(bytes, 0, bytes.length)).isEqualTo("a\uDCE9\uDCE2\uDC82b");
    }

    @Test
    void a_path_keeps_its_spaces_percents_and_slashes() {
        assertThat(Octets.text(Path.of("/no such/100%/x y"))).isEqualTo("/no such/100%/x y");
        assertThat(Octets.text(Path.of("/"))).isEqualTo("/");
        assertThat(Octets.text(Path.of("/usr"))).isEqualTo("/usr");
    }

    @Property
    void every_byte_comes_back(@ForAll byte[] bytes) {
        assertThat(bytes(Octets.text(bytes, 0, bytes.length))).isEqualTo(bytes);
    }

    /** What start.py does: encode("utf-8", "surrogateescape"). */
    private static byte[] bytes(String text) {
        StringBuilder latin = new StringBuilder();
        text.codePoints()
                .forEach(c -> latin.append(
                        c >= 0xDC80 && c <= 0xDCFF
                                ? String.valueOf((char) (c - 0xDC00))
                                : latin(Character.toString(c))));
        return latin.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
