package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rollcall.SmallJvm;
import dev.rollcall.core.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that would cost us time or memory without end, and some that Python reads otherwise than one thinks. */
class HostileConfigurationTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void bombs_are_read_or_refused_within_the_memory_that_the_launcher_gives() throws Exception {
        List<String> outcomes = SmallJvm.run(Bombs.class, folder.toString());
        assertThat(outcomes).hasSize(Bombs.texts().size()).allSatisfy(line -> {
            String[] parts = line.split("\\|", 3);
            assertThat(parts[2]).matches("(read \\d+|refused: tried to .{1,1000})");
            assertThat(Long.parseLong(parts[1])).as(line).isLessThan(SOON.toMillis());
        });
    }

    @Test
    void a_million_characters_are_no_bomb() throws IOException {
        assertThat(outcome(conf(), Bombs.program("command=" + "x".repeat(1_000_000))))
                .isEqualTo("read 1");
        assertThat(outcome(conf(), Bombs.program("command=x\nprocess_name=p%(process_num)d\nnumprocs=20000")))
                .isEqualTo("read 20000");
    }

    @Test
    void an_included_name_with_many_stars_is_matched_in_time() throws IOException {
        Files.writeString(folder.resolve("a".repeat(200)), "[x]\n");
        String stars = "[supervisord]\n[include]\nfiles=" + "a*".repeat(60) + "b\n";
        assertThat(assertTimeoutPreemptively(SOON, () -> outcome(conf(), stars)))
                .isEqualTo("read 0");
    }

    @ParameterizedTest
    @CsvSource({
        "[z-a], 0",
        "[a-c]*, 3",
        "[c-aa], 1",
        "[!b-z]*, 1",
        "[]-a], 1",
        "a*c, 0",
        "*, 3",
        "**b*, 2",
        "?, 1",
        "a, 1",
        "[a&&b], 1",
        "[\\], 0"
    })
    void globs_mean_what_they_mean_to_python(String glob, int matches) throws IOException {
        for (String name : List.of("a", "bb", "bcb", ".hidden")) {
            Files.writeString(folder.resolve(name), "");
        }
        assertThat(IncludeGlob.find(folder, glob)).hasSize(matches);
    }

    @Test
    void a_pipe_and_a_device_are_refused_and_not_read() throws Exception {
        Path pipe = folder.resolve("a.ini");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String including = "[supervisord]\n[include]\nfiles=*.ini\n";
        assertThat(assertTimeoutPreemptively(SOON, () -> outcome(conf(), including)))
                .contains("a.ini", "no regular file");
        assertThat(assertTimeoutPreemptively(SOON, () -> Bombs.outcome(pipe, Map.of())))
                .contains("no regular file");
        assertThat(assertTimeoutPreemptively(SOON, () -> Bombs.outcome(Path.of("/dev/zero"), Map.of())))
                .contains("no regular file");
    }

    @Test
    void a_file_larger_than_any_configuration_is_refused() throws IOException {
        try (OutputStream out = Files.newOutputStream(conf())) {
            for (int i = 0; i < 40; i++) {
                out.write("#".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(Bombs.outcome(conf(), Map.of())).contains("larger than");
    }

    /** Python counts on; a program that vanishes from our view would have its workers taken for strangers. */
    @Test
    void processes_at_the_end_of_the_numbers_are_counted() throws Exception {
        Files.writeString(
                conf(),
                Bombs.program("command=x\nprocess_name=p%(process_num)d\nnumprocs=2\nnumprocs_start=2147483647"));
        assertThat(ConfReader.read(conf(), Map.of()).programs())
                .extracting(Program::name)
                .containsExactly("p2147483647", "p2147483648");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 1114112})
    void a_number_that_is_no_character_is_refused_as_python_refuses_it(int number) throws IOException {
        String text = Bombs.program("command=x\nprocess_name=p%(process_num)c\nnumprocs_start=" + number);
        assertThat(outcome(conf(), text)).contains("tried to read process_name");
    }

    @Test
    void a_path_that_is_none_is_refused() throws IOException {
        assertThat(outcome(conf(), "[supervisord]\npidfile=/tmp/a\0b\n")).contains("is no path");
    }

    /** Hosts that are old enough have names in Latin-1 in there; that is not the configuration's fault. */
    @Test
    void an_account_file_in_another_encoding_is_read() throws IOException {
        Path users = Files.write(
                folder.resolve("passwd"),
                "root:x:0:0:B\u00f6\u00df:/r\nweb:x:7:7::/srv\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Accounts.field(users, 0, "web", 5)).contains("/srv");
        assertThat(Accounts.field(users, 2, "7", 0)).contains("web");
    }

    private Path conf() {
        return folder.resolve("supervisord.conf");
    }

    private static String outcome(Path conf, String text) throws IOException {
        return AnyConfigurationTest.outcome(conf, text);
    }
}
