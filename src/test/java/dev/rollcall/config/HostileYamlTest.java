package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are small or legal as text and enormous once read, or no files at all. */
class HostileYamlTest {
    @TempDir
    Path folder;

    static List<String> bombs() {
        String laughs = IntStream.range(1, 40)
                .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n")
                .collect(Collectors.joining());
        return List.of(
                "[".repeat(100_000),
                "targets: " + "[".repeat(3_000) + "]".repeat(3_000),
                "targets: " + "{a: ".repeat(3_000) + "1" + "}".repeat(3_000),
                "{".repeat(100_000),
                "- ".repeat(100_000),
                "? ".repeat(100_000),
                "!x ".repeat(100_000),
                "targets: &a [*a]",
                "targets: &a {default: *a}",
                "targets: {default: {exec_inspect: &a [*a]}}",
                "a0: &a0 [x]\n" + laughs,
                "state_dir: " + "x".repeat(900_000),
                "x".repeat(900_000) + ": 1",
                "\"" + "\\u0041".repeat(100_000),
                "a: 1\n".repeat(30_000),
                "targets:\n"
                        + IntStream.range(0, 20_000)
                                .mapToObj(i -> " t" + i + ": {x: 1}\n")
                                .collect(Collectors.joining()));
    }

    /** On a stack as small as the launcher's, and not for ever. */
    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_refused_in_time(String text) throws Exception {
        Thread small = new Thread(null, () -> refusal(text), "small", 512 << 10);
        Throwable[] thrown = new Throwable[1];
        small.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
        small.setDaemon(true);
        small.start();
        small.join(20_000);
        assertThat(small.isAlive()).isFalse();
        assertThat(thrown[0]).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nstate_dir: !vault abc",
                "\n!config\nstate_dir: /x",
                "\ntargets: !<tag:example.org,2026:x> [x]",
                "\n!vault state_dir: /x"
            })
    void a_value_with_a_tag_is_not_taken_for_the_text_behind_it(String text) {
        assertThat(refusal(text))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence)
                                .containsPattern(
                                        ":2: tried to read a value but it has the tag \\S+, which means nothing here; write the value itself"));
    }

    @Test
    void a_tag_of_yaml_itself_is_none() {
        assertThat(refusal("state_dir: !!str /x")).isEmpty();
    }

    @Test
    void nesting_that_no_configuration_has_is_refused_and_the_deepest_that_one_may_have_is_not() {
        assertThat(refusal("triggers: " + "[".repeat(3_000) + "]".repeat(3_000)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("nests more than"));
        assertThat(refusal("triggers: " + "[".repeat(30) + "]".repeat(30)))
                .hasValueSatisfying(sentence -> assertThat(sentence).doesNotContain("nests more than"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_100_000, 10_000_000})
    void a_file_larger_than_any_configuration_is_refused(int size) {
        assertThat(refusal("#".repeat(size)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("larger than 1024 KiB"));
    }

    @Test
    void a_device_or_a_folder_is_refused() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(AnyYamlTest.refusalOf(Path.of("/dev/zero"))).isPresent();
            assertThat(AnyYamlTest.refusalOf(Path.of("/"))).isPresent();
        });
    }

    private Optional<String> refusal(String text) {
        try {
            return AnyYamlTest.refusalOf(Files.writeString(folder.resolve("rollcall.yaml"), text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
