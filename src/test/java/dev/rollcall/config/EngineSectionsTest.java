package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.config.Triggers.Http;
import dev.rollcall.config.Triggers.Timer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the configuration only the engine uses. */
class EngineSectionsTest {
    private static final String TARGETS = "targets: {default: {}, shop: {}}\n";
    private static final String TIMER = TARGETS + "triggers: {timer: [{name: n, cron: '0 30 3 * * ?', ";

    private Path file;

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("rollcall.yaml");
    }

    @Test
    void everything_is_read() throws Exception {
        Config config = read(
                """
                state_dir: state
                targets: {shop: {conf: ../supervisord.conf}}
                triggers:
                  timer:
                    - {name: nightly, cron: "0 30 3 * * ?", zone: Asia/Shanghai, target: shop, kill_grace: 5s, defer: true}
                    - {name: weekly, cron: "0 0 4 ? * SUN", zone: UTC, target: shop, misfire: skip, override: true}
                  file: {inbox: inbox}
                  http: {host: 0.0.0.0, port: 9000, token_file: token, cert_file: /c.pem, key_file: k.pem}
                blackouts:
                  - {name: month-end, cron: "* * * L * ?", zone: Asia/Shanghai}
                events: {webhook: {url: "https://eda.example.org/endpoint?x=1", secret_file: hmac}}
                routes_dir: routes
                """);
        Path folder = file.getParent();
        assertThat(config.stateDir()).contains(folder.resolve("state").toString());
        assertThat(config.targets().get("shop").conf())
                .contains(folder.resolveSibling("supervisord.conf").toString());
        Timer nightly = config.triggers().timers().get(0);
        assertThat(nightly.name()).isEqualTo("nightly");
        assertThat(nightly.cron()).isEqualTo("0 30 3 * * ?");
        assertThat(nightly.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(nightly.once()).isTrue();
        assertThat(nightly.request().given()).isEqualTo(Map.of("target", "shop", "kill_grace", "5s", "defer", "true"));
        assertThat(nightly.request().defers()).isTrue();
        Timer weekly = config.triggers().timers().get(1);
        assertThat(weekly.once()).isFalse();
        assertThat(weekly.request().options().override()).isTrue();
        assertThat(config.triggers().inbox()).contains(folder.resolve("inbox"));
        assertThat(config.triggers().http())
                .contains(new Http(
                        "0.0.0.0",
                        9000,
                        Optional.of(folder.resolve("token")),
                        Optional.of(Path.of("/c.pem")),
                        Optional.of(folder.resolve("k.pem"))));
        assertThat(config.blackouts())
                .containsExactly(new Blackout("month-end", "* * * L * ?", ZoneId.of("Asia/Shanghai")));
        assertThat(config.webhook())
                .contains(new Webhook(
                        URI.create("https://eda.example.org/endpoint?x=1"), Optional.of(folder.resolve("hmac"))));
        assertThat(config.routesDir()).contains(folder.resolve("routes"));
    }

    @Test
    void what_is_not_said_is_the_default() throws Exception {
        Config config = read(TARGETS + "triggers: {http: {}, timer: [{name: n, cron: '0 0 3 * * ?'}]}");
        assertThat(config.triggers().http())
                .contains(new Http("127.0.0.1", 8787, Optional.empty(), Optional.empty(), Optional.empty()));
        Timer timer = config.triggers().timers().get(0);
        assertThat(timer.zone()).isEqualTo(ZoneId.systemDefault());
        assertThat(timer.once()).isTrue();
        assertThat(timer.request().given()).isEqualTo(Map.of("target", "default"));
        assertThat(read("triggers: {}")).isEqualTo(Config.NONE);
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_their_lines() {
        UsageException problem = catchThrowableOfType(
                UsageException.class,
                () -> read(
                        """
                        blackouts:
                          - {name: b, cron: "every day"}
                        targets: {shop: {}}
                        triggers:
                          timer:
                            - name: n
                              cron: "0 30 25 * * ?"
                              zone: Asia/Shanghia
                              target: shpo
                              misfire: never
                              conf: /etc/supervisord.conf
                              kill_grace: soon
                              require_answers: perhaps
                            - {name: n, cron: "0 0 3 * * ?"}
                          http: {port: 70000, host: 0.0.0.0, cert_file: c}
                          file: {}
                        events: {webhook: {url: "ftp://h/"}}
                        """));
        assertThat(problem.getMessage()
                        .lines()
                        .map(line -> line.substring(file.toString().length())))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":2: cron: 'every day' is no cron expression ("),
                        line -> assertThat(line)
                                .startsWith(":7: cron: ")
                                .contains("Hour values must be between 0 and 23"),
                        line -> assertThat(line).startsWith(":8: zone: ").endsWith("did you mean 'Asia/Shanghai'?"),
                        line -> assertThat(line).startsWith(":9: target: ").endsWith("did you mean 'shop'?"),
                        line -> assertThat(line).startsWith(":10: misfire: 'never' is neither once nor skip"),
                        line -> assertThat(line).startsWith(":11: unknown key 'conf'"),
                        line -> assertThat(line).startsWith(":12: kill_grace: ").contains("'soon' is no duration"),
                        line -> assertThat(line).startsWith(":13: require_answers: "),
                        line -> assertThat(line).startsWith(":14: name: 'n' is taken"),
                        line -> assertThat(line).startsWith(":14: target: 'default' is no target"),
                        line -> assertThat(line).startsWith(":15: port: '70000' is no port"),
                        line -> assertThat(line).startsWith(":15: host: without a token"),
                        line -> assertThat(line).startsWith(":15: cert_file: a certificate and its key"),
                        line -> assertThat(line).startsWith(":16: inbox is missing"),
                        line -> assertThat(line).startsWith(":17: url: it is neither http nor https"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "triggers: {timr: []}|unknown key 'timr'; did you mean 'timer'?",
                "triggers: {timer: {name: n}}|timer must be a list of mappings",
                "triggers: {timer: [n]}|each of timer must be a mapping",
                "triggers: {timer: [{name: n}]}|:1: cron is missing",
                "triggers: {timer: [{cron: '0 0 3 * * ?'}]}|:1: name is missing",
                "triggers: {timer: [{name: ../n, cron: '0 0 3 * * ?'}]}|:1: name: '../n' is no name",
                "triggers: {timer: [{name: n, cron: '0 0 3 * * ?', zone: Nowhere/AtAll}]}|write e.g. Europe/Berlin",
                "triggers: {timer: [{name: n, cron: '0 0 3 * * ?', output: json}]}|unknown key 'output'",
                "triggers: {timer: [{name: n, cron: '0 0 3 * * ?', target: {a: b}}]}|target must be one value",
                "triggers: {file: {inbx: /i}}|did you mean 'inbox'",
                "triggers: {file: {inbox: ''}}|inbox: it is empty",
                "triggers: {file: {inbox: \"a\\0b\"}}|inbox: it is no path",
                "triggers: {http: {port: 0}}|'0' is no port",
                "triggers: {http: {host: 192.0.2.1}}|host: without a token",
                "triggers: {http: {key_file: k}}|key_file: a certificate and its key",
                "triggers: {http: {tokenfile: t}}|unknown key 'tokenfile'; did you mean 'token_file'?",
                "targets: {a: {restart: {override: true}}}|unknown key 'override'",
                "targets: {a: {restart: {defer: true}}}|unknown key 'defer'",
                "blackouts: [{name: b, cron: '* * * * *'}]|Unexpected end of expression",
                "events: {webhook: {}}|url is missing",
                "events: {webhok: {}}|did you mean 'webhook'",
                "events: {webhook: {url: 'https://u:hunter2@h/'}}|a user or password in it",
                "events: {webhook: {url: 'https://u@h:x/'}}|a user or password in it",
                "events: {webhook: {url: 'https:///path'}}|it has no host",
                "events: {webhook: {url: 'https:opaque'}}|it has no host",
                "events: {webhook: {url: 'https://h/#f'}}|what follows #",
                "events: {webhook: {url: 'h/x y'}}|it is no URL",
                "routes_dir: [a]|routes_dir must be one value",
            })
    void what_does_not_fit_is_named(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void on_loopback_no_token_is_needed(String host) throws Exception {
        assertThat(read("triggers: {http: {host: '" + host + "'}}")
                        .triggers()
                        .http()
                        .orElseThrow()
                        .host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"UTC", "+08:00", "Europe/Berlin", "GMT+2"})
    void zones_are_those_of_java_time(String zone) throws Exception {
        Config config = read(TIMER + "zone: '" + zone + "'}]}");
        assertThat(config.triggers().timers().get(0).zone()).isEqualTo(ZoneId.of(zone));
    }

    /** A restart by hand must not be kept from by a timer that nobody noticed was wrong. */
    @Test
    void a_single_restart_does_not_mind_the_times_of_timers_but_those_of_blackouts() throws Exception {
        Files.writeString(file, TARGETS + "triggers: {timer: [{name: n, cron: never}]}");
        assertThat(ConfigFile.read(Optional.of(file)).triggers().timers()).hasSize(1);
        assertThatThrownBy(() -> ConfigFile.readWhole(Optional.of(file))).hasMessageContaining("'never' is no cron");
        Files.writeString(file, "blackouts: [{name: n, cron: never}]");
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(file))).hasMessageContaining("'never' is no cron");
    }

    private Config read(String text) throws UsageException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ConfigFile.readWhole(Optional.of(file));
    }
}
