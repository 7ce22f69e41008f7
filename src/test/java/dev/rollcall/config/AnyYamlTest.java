package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

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

    @BeforeContainer
    static void place() throws IOException {
        file = Files.createTempDirectory("any-yaml").resolve("rollcall.yaml");
    }

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
                "state_dir",
                "journals",
                "keep_for",
                "keep",
                "targets",
                "default",
                "conf",
                "broker",
                "remote_control",
                "exec_inspect",
                "start",
                "restart",
                "drain",
                "stop_timeout",
                "token",
                "triggers");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                "\n",
                "  ",
                "\t",
                ": ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "? ",
                "&a ",
                "*a",
                "<<: *a",
                "!!java.lang.Runtime ",
                "!!binary ",
                "!x ",
                "!<tag:yaml.org,2002:map> ",
                "%YAML 9.9\n---\n",
                "---\n",
                "...\n",
                "| ",
                ">-\n",
                "'",
                "\"",
                "\"\\x00\"",
                "\0",
                "\u001b[2J",
                "\ufeff",
                "\ud800",
                "\uD83D\uDE00",
                "~",
                "null",
                "true",
                "0",
                "-1",
                "1e999",
                "99999999999999999999d",
                "999999999d",
                "999999999h",
                "default",
                "keep",
                "\u0085",
                "\u2028",
                "#",
                "@",
                "`");
    }

    @Provide
    Arbitrary<String> texts() {
        return pieces().list().ofMaxSize(15).map(list -> String.join("", list));
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

    static Optional<String> refusalOf(Path path) {
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
