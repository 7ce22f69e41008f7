package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of a process that are cut off or not what proc(5) says: an answer with a type, and never another process's numbers. */
class AnyProcTest {
    private static final String STAT = "7 (a) b) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 5 6 7\n";
    private static final String STATUS = "Name:\tsupervisord\nUmask:\t0022\nState:\tS (sleeping)\nPid:\t7\n"
            + "Uid:\t1001\t1002\t1003\t1004\nGid:\t2001\t2002\t2003\t2004\nFDSize:\t64\nGroups:\t4 24 27 \n";
    private static final String LIMITS =
            "Limit                     Soft Limit           Hard Limit           Units     \n"
                    + "Max open files            1024                 1048576              files     \n"
                    + "Max cpu time              unlimited            unlimited            seconds   \n";

    private static Path proc;

    @BeforeAll
    @BeforeContainer
    static void place() throws IOException {
        proc = Files.createTempDirectory("any-proc");
        Files.createDirectory(proc.resolve("7"));
    }

    @AfterAll
    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(proc)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property
    void a_status_cut_anywhere_gives_the_user_or_none(@ForAll @IntRange(max = 200) int at) throws IOException {
        write("status", STATUS.substring(0, at % STATUS.length()));
        assertThat(reader().uid(7)).isIn(-1L, 1002L);
        rights();
    }

    @Property
    void a_status_with_other_bytes(@ForAll("pieces") byte[] piece, @ForAll @IntRange(max = 200) int at)
            throws IOException {
        write("status", put(STATUS, piece, at));
        assertThat(reader().uid(7)).isNotNull();
        rights();
    }

    @Property
    void limits_with_other_bytes(@ForAll("pieces") byte[] piece, @ForAll @IntRange(max = 250) int at)
            throws IOException {
        write("limits", put(LIMITS, piece, at));
        try {
            assertThat(LimitsFile.read(proc.resolve("7"))).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Property
    void a_stat_line_cut_anywhere_gives_its_ticks_or_is_refused(@ForAll @IntRange(max = 200) int at) {
        String torn = STAT.substring(0, at % STAT.length());
        boolean told = at % STAT.length() > STAT.indexOf("123456 ") + 6;
        if (told) {
            assertThat(parse(torn.getBytes(StandardCharsets.ISO_8859_1)).startTicks())
                    .isEqualTo(123456);
        } else {
            assertThatThrownBy(() -> parse(torn.getBytes(StandardCharsets.ISO_8859_1)))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Property
    void a_stat_line_with_other_bytes(@ForAll("pieces") byte[] piece, @ForAll @IntRange(max = 110) int at) {
        try {
            StatLine line = parse(put(STAT, piece, at));
            assertThat(line.startTicks()).isNotNegative();
        } catch (UncheckedIOException refused) {
            assertThat(refused).hasMessageContaining("tried to read");
        }
    }

    @Property
    void words_and_marks_of_any_bytes(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        write("cmdline", bytes);
        write("environ", bytes);
        assertThat(reader().argv(7)).isNotNull();
        assertThat(reader().marks(7)).isNotNull();
    }

    @Test
    void a_status_that_ends_within_its_first_user_tells_none() throws IOException {
        write("status", "Name:\ta\nUid:\t10");
        assertThat(reader().uid(7)).isEqualTo(-1);
        byte[] full = "x".repeat(128 * 1024).getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\nUid:\t10".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(end, 0, full, full.length - end.length, end.length);
        write("status", full);
        assertThat(reader().uid(7)).isEqualTo(-1);
    }

    /** What an earlier, longer file left in the buffer belongs to another process. */
    @Test
    void a_cut_status_does_not_lend_the_user_of_the_process_before() throws IOException {
        ProcReader reader = reader();
        write("status", STATUS);
        assertThat(reader.uid(7)).isEqualTo(1002);
        write("status", STATUS.substring(0, STATUS.indexOf("1001") + 2));
        assertThat(reader.uid(7)).isEqualTo(-1);
        write("status", STATUS.substring(0, STATUS.indexOf("1002") + 2));
        assertThat(reader.uid(7)).isEqualTo(-1);
    }

    @Test
    void numbers_that_no_kernel_has_are_refused_and_not_wrapped() {
        for (String ticks : List.of("18446744073709551617", "99999999999999999999", "12x", "-5")) {
            assertThatThrownBy(() -> parse(STAT.replace("123456", ticks).getBytes(StandardCharsets.US_ASCII)))
                    .as(ticks)
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void a_stat_file_that_is_none_is_an_error_of_reading() throws IOException {
        write("stat", "no stat line");
        assertThatThrownBy(() -> reader().stat(7))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("tried to read");
    }

    @Test
    void a_megabyte_of_command_line_is_cut() throws IOException {
        write("cmdline", "a\0".repeat(500_000));
        assertThat(reader().argv(7)).hasSizeBetween(1, 128 * 1024);
    }

    @Provide
    Arbitrary<byte[]> pieces() {
        Arbitrary<String> words = Arbitraries.of(
                "",
                " ",
                "\n",
                "\t",
                ")",
                "(",
                "-",
                "0",
                "99999999999999999999",
                "1",
                "\nUid:",
                "Uid:\t\t\t",
                "Umask:\t9",
                "\0",
                "unlimited",
                "Groups:\tx",
                "Max open files  1",
                "\n\n");
        return Arbitraries.oneOf(
                words.map(word -> word.getBytes(StandardCharsets.ISO_8859_1)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(4));
    }

    private static void rights() throws IOException {
        try {
            assertThat(StatusFile.read(proc.resolve("7")).uid()).isNotNegative();
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("status");
        }
    }

    /** Over what stands there. */
    private static byte[] put(String text, byte[] piece, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int from = at % bytes.length;
        byte[] all = Arrays.copyOf(bytes, Math.max(bytes.length, from + piece.length));
        System.arraycopy(piece, 0, all, from, piece.length);
        return all;
    }

    private static StatLine parse(byte[] bytes) {
        return StatLine.parse(bytes, bytes.length);
    }

    private static ProcReader reader() {
        return ProcReader.whole(proc);
    }

    private static void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void write(String name, byte[] bytes) throws IOException {
        Files.write(proc.resolve("7").resolve(name), bytes);
    }
}
