package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the configuration file holds is a configuration, or one sentence that says what is wrong. */
class AnyYamlTest {
    private static final String GOOD =
            """
            state_dir: /var/lib/rollcall
            journals: {keep_for: 30d, keep: 50}
            targets:
              default:
                conf: /etc/supervisord.conf
                broker: redis://127.0.0.1:6379/0   # optional
                remote_control: auto
                exec_inspect: [celery, -A, myapp, inspect]
                start: auto
                restart: {drain: 0s, stop_timeout: 2m, token: 'x'}
            triggers:
              timer:
                - {name: nightly, cron: "0 30 3 * * ?", zone: Asia/Shanghai}
            """;

    private static Path file;

    @BeforeAll
    @BeforeContainer
    static void place() throws IOException {
        file = Files.createTempDirectory("any-yaml").resolve("rollcall.yaml");
    }

    @AfterAll
    @AfterContainer
    static void remove() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(file.getParent());
    }

    @Property
    void any_bytes(@ForAll @Size(max = 300) byte[] bytes) {
        refusal(bytes);
    }

    @Property
    void a_good_one_with_a_piece_put_in(
            @ForAll("pieces") String piece, @ForAll @IntRange(max = 600) int at, @ForAll @IntRange(max = 40) int cut) {
        int from = at % GOOD.length();
        refusal(GOOD.substring(0, from) + piece + GOOD.substring(Math.min(GOOD.length(), from + cut)));
    }

    @Property
    void pieces_in_any_order(@ForAll("texts") String text) {
        refusal(text);
    }

    @Property
    void a_value_that_is_something_else(@ForAll("keys") String key, @ForAll("pieces") String piece) {
        refusal(GOOD.replaceFirst(key + ": *[^\\n,}]*", Matcher.quoteReplacement(key + ": " + piece)));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                "state_dir", "journals", "keep_for", "keep", "targets", "default", "conf", "broker", "remote_control",
                "exec_inspect", "start", "restart", "drain", "stop_timeout", "token", "triggers");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "", "\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", ",", "? ", "&a ", "*a", "<<: *a", "!!java.lang.Runtime ",
                "!!binary ", "!x ", "!<tag:yaml.org,2002:map> ", "%YAML 9.9\n---\n", "---\n", "...\n", "| ", ">-\n", "'", "\"",
                "\"\\x00\"", "\0", "\u001b[2J", "\ufeff", "\ud800", "\uD83D\uDE00", "~", "null", "true", "0", "-1", "1e999",
                "99999999999999999999d", "999999999d", "999999999h", "default", "keep", "\u0085", "\u2028", "#", "@", "`");
    }

    @Provide
    Arbitrary<String> texts() {
        return pieces().list().ofMaxSize(15).map(list -> String.join("", list));
    }

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
                "a: 1\n".repeat(100_000),
                "targets:\n" + IntStream.range(0, 20_000).mapToObj(i -> " t" + i + ": {x: 1}\n").collect(Collectors.joining()));
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

    @Test
    void nesting_that_no_configuration_has_is_refused_and_the_deepest_that_one_may_have_is_not() {
        assertThat(refusal("triggers: " + "[".repeat(3_000) + "]".repeat(3_000))).hasValueSatisfying(
                sentence -> assertThat(sentence).contains("nests more than"));
        assertThat(refusal("triggers: " + "[".repeat(30) + "]".repeat(30))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_100_000, 10_000_000})
    void a_file_larger_than_any_configuration_is_refused(int size) {
        assertThat(refusal("#".repeat(size))).hasValueSatisfying(
                sentence -> assertThat(sentence).contains("larger than 1024 KiB"));
    }

    @Test
    void a_device_or_a_folder_is_refused() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(refusalOf(Path.of("/dev/zero"))).isPresent();
            assertThat(refusalOf(Path.of("/"))).isPresent();
        });
    }

    private static Optional<String> refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> refusal(byte[] text) {
        try {
            Files.write(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return refusalOf(file);
    }

    private static Optional<String> refusalOf(Path path) {
        try {
            Config config = ConfigFile.read(Optional.of(path));
            assertThat(config.journals().keepFor().isNegative()).isFalse();
            for (Config.Target target : config.targets().values()) {
                assertThat(target.restart().options().target()).isNotEmpty();
            }
            return Optional.empty();
        } catch (UsageException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(4_000);
            return Optional.of(e.getMessage());
        }
    }
}
