package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.core.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String WHOLE =
            """
            state_dir: /var/lib/rollcall
            targets:
              shop:
                conf: /etc/supervisord.conf
                broker: redis://h
                remote_control: redis
                exec_inspect: [celery, -A, shop, inspect]
                start: [systemctl, start, supervisor]
                restart: {kill_grace: 5s}
              plain: {start: auto}
            journals: {keep_for: 30d, keep: 50}
            triggers: {}
            """;

    private Path file;

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("rollcall.yaml");
    }

    @Test
    void a_whole_file_is_read() throws Exception {
        Config config = read(WHOLE);
        assertThat(config.stateDir()).contains("/var/lib/rollcall");
        assertThat(config.journals()).isEqualTo(new Retention(Duration.ofDays(30), 50));
        Config.Target shop = config.targets().get("shop");
        assertThat(shop.conf()).contains("/etc/supervisord.conf");
        assertThat(shop.broker()).contains("redis://h");
        assertThat(shop.remoteControl()).isEqualTo("redis");
        assertThat(shop.execInspect()).containsExactly("celery", "-A", "shop", "inspect");
        assertThat(shop.start()).containsExactly("systemctl", "start", "supervisor");
        assertThat(shop.restart().options().killGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.targets().get("plain").remoteControl()).isEqualTo("auto");
        assertThat(config.targets().get("plain").start()).isEmpty();
    }

    @Test
    void what_is_not_said_about_journals_is_90_days_and_1000() throws Exception {
        assertThat(read("journals: {keep: 7}").journals()).isEqualTo(new Retention(Duration.ofDays(90), 7));
        assertThat(read("journals: {keep_for: 7d}").journals()).isEqualTo(new Retention(Duration.ofDays(7), 1000));
    }

    @Test
    void what_is_null_was_not_given_and_null_in_quotes_was() throws Exception {
        String text =
                """
                state_dir: ~
                targets:
                  shop: {conf: null, broker: , exec_inspect: null, start: null, restart: {token: null, kill_grace: 5s}}
                  mail: {broker: "null"}
                journals: {keep: null}
                """;
        Config config = read(text);
        assertThat(config.stateDir()).isEmpty();
        assertThat(config.journals()).isEqualTo(Retention.DEFAULT);
        Config.Target shop = config.targets().get("shop");
        assertThat(shop.conf()).isEmpty();
        assertThat(shop.broker()).isEmpty();
        assertThat(shop.execInspect()).isEmpty();
        assertThat(shop.start()).isEmpty();
        assertThat(shop.restart().given()).isEqualTo(Map.of("kill_grace", "5s"));
        assertThat(config.targets().get("mail").broker()).contains("null");
    }

    @Test
    void an_empty_file_says_nothing() throws Exception {
        assertThat(read("")).isEqualTo(Config.NONE);
    }

    @Test
    void all_problems_are_told_at_once_with_file_line_and_the_nearest_key() {
        UsageException problem = catchThrowableOfType(
                UsageException.class, () -> read("statedir: /x\ntargets: {}\ntargets: {}\ntrigers: {}\n"));
        assertThat(problem.getMessage().lines())
                .containsExactly(
                        file + ":1: unknown key 'statedir'; did you mean 'state_dir'?",
                        file + ":3: key 'targets' stands there twice",
                        file + ":4: unknown key 'trigers'; did you mean 'triggers'?");
    }

    @Test
    void all_problems_of_a_target_are_told_at_once() {
        String text =
                """
                targets:
                  shop:
                    brokr: redis://h
                    remote_control: telepathy
                    restart: {kill_grace: soon}
                """;
        UsageException problem = catchThrowableOfType(UsageException.class, () -> read(text));
        assertThat(problem.getMessage().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":3: unknown key 'brokr'; did you mean 'broker'?"),
                        line -> assertThat(line).startsWith(file + ":4: remote_control: 'telepathy' is none of"),
                        line -> assertThat(line).startsWith(file + ":5: ").contains("'soon' is no duration"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets: [a]|:1: targets must be a mapping of keys to values",
                "state_dir: [a]|:1: state_dir must be one value",
                "targets: {a: {exec_inspect: celery}}|:1: exec_inspect must be a list",
                "targets: {a: {start: now}}|:1: start must be a list",
                "targets: {a: {restart: {drain: 5s}}}|does not have it",
                "targets: {a: {restart: {kil_grace: 5s}}}|did you mean 'kill_grace'",
                "targets: {a: {restart: {conf: /other.conf}}}|unknown key 'conf'",
                "targets: {a: {restart: {target: b}}}|unknown key 'target'",
                "triggers: {http: null}|:1: http must be a mapping",
                "triggers: {http: {host: 0.0.0.0, token_file: null}}|without a token",
                "journals: {keepfor: 30d}|:1: unknown key 'keepfor'; did you mean 'keep_for'?",
                "journals: {keep_for: long}|:1: keep_for: tried to read keep_for but 'long' is no duration",
                "journals: {keep: 0}|:1: keep: '0' is no number of journals",
                "journals: {keep: many}|:1: keep: 'many' is no number of journals",
                "journals: all|:1: journals must be a mapping",
                "targets: {a: {|is no YAML",
                "- a|:1:",
            })
    void what_does_not_fit_is_named(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(file)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----, false", "rw----rw-, false", "rw-r--r--, true", "rw-------, true"})
    void as_root_a_file_that_others_may_write_is_refused(String rights, boolean good) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root has something to lose");
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        if (good) {
            assertThat(ConfigFile.read(Optional.of(file))).isEqualTo(Config.NONE);
        } else {
            assertThatThrownBy(() -> ConfigFile.read(Optional.of(file)))
                    .hasMessageContaining("others than root may write it");
        }
    }

    @Test
    void as_root_a_file_in_a_folder_that_others_may_write_is_refused() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root has something to lose");
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(file))).hasMessageContaining("may write it");
    }

    private Config read(String text) throws UsageException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ConfigFile.read(Optional.of(file));
    }
}
