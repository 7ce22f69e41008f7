package dev.rollcall.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.HeldPort;
import dev.rollcall.config.Config;
import dev.rollcall.config.ConfigFile;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String TIMER = "targets: {default: {}}\ntriggers: {timer: [{name: n, zone: Asia/Shanghai, ";

    private static final String ROUTE =
            """
            - route:
                id: tell
                from:
                  uri: direct:after-restart
                  steps:
                    - log:
                        message: "restarted"
            """;

    private Path folder;

    @BeforeEach
    void place(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void a_timer_is_told_with_its_next_three_firings_in_its_zone() throws Exception {
        assertThat(check(TIMER + "cron: '0 30 3 * * ?'}]}"))
                .containsExactly(
                        "info TIMER: timer n fires at Wed 2026-11-25 03:30:00 +08:00, Thu 2026-11-26 03:30:00 +08:00, "
                                + "Fri 2026-11-27 03:30:00 +08:00 (Asia/Shanghai); missed: once");
    }

    @Test
    void one_that_never_fires_is_named() throws Exception {
        assertThat(check(TIMER + "cron: '0 0 0 31 2 ?'}]}"))
                .containsExactly("warning TIMER_NEVER: timer n never fires: '0 0 0 31 2 ?' has no time to come");
    }

    @ParameterizedTest
    @CsvSource({
        "'', warning TIMER_IN_BLACKOUT, no run comes of it",
        "'defer: true, ', info TIMER_IN_BLACKOUT, its run waits until Tue 2026-12-01 00:00:00 +08:00",
    })
    void a_firing_in_a_blackout_is_foreseen(String option, String code, String what) throws Exception {
        String text = TIMER + option + "cron: '0 30 3 28,30 * ?'}]}\n"
                + "blackouts: [{name: month-end, cron: '* * * L * ?', zone: Asia/Shanghai}]";
        assertThat(check(text))
                .filteredOn(f -> f.startsWith(code))
                .singleElement()
                .satisfies(f -> assertThat(f)
                        .contains("timer n fires at Mon 2026-11-30 03:30:00 +08:00 in blackout month-end")
                        .contains(what));
        assertThat(check(text.replace("name: n,", "name: n, override: true,").replace("defer: true, ", "")))
                .noneMatch(f -> f.contains("TIMER_IN_BLACKOUT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * L * ?|no run starts from Mon 2026-11-30 00:00:00 +01:00 until Tue 2026-12-01 00:00:00 +01:00 (Europe/Berlin)",
                "* * 12-13 * * ?|no run starts now, until Tue 2026-11-24 14:00:00 +01:00 (Europe/Berlin)",
                "* * * * * ? 2020|never holds",
                "0 0 8 * * ?|holds for less than a minute",
            })
    void a_blackout_is_told_with_its_current_or_next_window(String cron, String told) throws Exception {
        assertThat(check("blackouts: [{name: b, cron: '" + cron + "', zone: Europe/Berlin}]"))
                .anySatisfy(f -> assertThat(f).contains("blackout b", told));
    }

    @Test
    void an_inbox_that_can_be_used_is_told() throws Exception {
        Files.createDirectories(folder.resolve("inbox/done"));
        assertThat(check("triggers: {file: {inbox: inbox}}")).singleElement().satisfies(f -> assertThat(f)
                .startsWith("info INBOX: ")
                .contains(folder.resolve("inbox").toString()));
    }

    @Test
    void an_inbox_that_is_not_there_or_no_folder_is_named() throws Exception {
        String text = "triggers: {file: {inbox: inbox}}";
        assertThat(check(text)).containsExactly(error("INBOX_UNUSABLE", "inbox inbox", "it is not there"));
        Files.writeString(folder.resolve("inbox"), "");
        assertThat(check(text)).containsExactly(error("INBOX_UNUSABLE", "inbox inbox", "it is no folder"));
    }

    @Test
    void a_folder_for_what_is_done_on_another_file_system_is_named() throws Exception {
        Path elsewhere = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(elsewhere)
                        && !Files.getAttribute(elsewhere, "unix:dev").equals(Files.getAttribute(folder, "unix:dev")),
                "there is only one file system");
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Path link = Files.createSymbolicLink(inbox.resolve("done"), elsewhere);
        Files.writeString(inbox.resolve("failed"), "");
        try {
            assertThat(check("triggers: {file: {inbox: inbox}}"))
                    .hasSize(2)
                    .allMatch(f -> f.startsWith("error INBOX_UNUSABLE: "))
                    .anyMatch(f -> f.contains("inbox/done but it is on another file system than the inbox"))
                    .anyMatch(f -> f.contains("inbox/failed but it is no folder"));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void http_with_everything_in_place_is_told() throws Exception {
        secret("token", "t");
        try (HeldPort port = new HeldPort()) {
            assertThat(check("triggers: {http: {port: " + port.number() + ", token_file: token}}"))
                    .singleElement()
                    .satisfies(f -> assertThat(f)
                            .startsWith("info HTTP: the engine listens on http://127.0.0.1:")
                            .contains("with the token in " + folder.resolve("token")));
        }
    }

    @Test
    void all_that_is_wrong_with_http_is_told_at_once() throws Exception {
        secret("cert", "no certificate");
        secret("key", "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(check("triggers: {http: {port: " + held.getLocalPort()
                            + ", token_file: token, cert_file: cert, key_file: key}}"))
                    .satisfiesExactly(
                            f -> assertThat(f).contains("https://127.0.0.1:"),
                            f -> assertThat(f).isEqualTo(error("HTTP_UNUSABLE", "token file token", "it is not there")),
                            f -> assertThat(f)
                                    .isEqualTo(
                                            error("HTTP_UNUSABLE", "certificate cert", "it is no certificate in PEM")),
                            f -> assertThat(f).contains("it is no private key in PEM, or one with a passphrase"),
                            f -> assertThat(f)
                                    .startsWith("warning PORT_HELD: port " + held.getLocalPort() + " is held now"));
        }
    }

    @Test
    void an_address_of_somebody_else_is_named() throws Exception {
        secret("token", "t");
        assertThat(check("triggers: {http: {host: 192.0.2.1, token_file: token}}"))
                .anySatisfy(f -> assertThat(f).startsWith("error HTTP_UNUSABLE: tried to listen on 192.0.2.1:8787"));
    }

    @Test
    void a_webhook_is_told_without_what_may_be_secret_in_it() throws Exception {
        secret("hmac", "");
        assertThat(check("events: {webhook: {url: 'https://h:8/p?key=hunter2', secret_file: hmac}}"))
                .containsExactly(
                        "info WEBHOOK: events are sent to https://h:8/p, signed",
                        error("WEBHOOK_UNUSABLE", "secret file hmac", "it is empty"));
    }

    @Test
    void route_files_are_told_one_by_one() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("a.camel.yaml"), ROUTE);
        Files.writeString(routes.resolve("b.camel.yaml"), "- route: {\n");
        Files.writeString(routes.resolve("events.camel.yaml"), ROUTE);
        Files.writeString(routes.resolve("notes.txt"), "x");
        assertThat(check("routes_dir: routes"))
                .satisfiesExactly(
                        f -> assertThat(f).contains("a.camel.yaml joins the packaged routes"),
                        f -> assertThat(f).startsWith("error ROUTES_UNUSABLE").contains("b.camel.yaml", "line"),
                        f -> assertThat(f).contains("events.camel.yaml replaces the packaged file"),
                        f -> assertThat(f).startsWith("warning ROUTE_IGNORED").contains("notes.txt"));
        assertThat(check("routes_dir: nowhere")).singleElement().satisfies(f -> assertThat(f)
                .contains("it is not there"));
    }

    @Test
    void hooks_are_told_with_file_and_line() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path one = Files.writeString(routes.resolve("a.camel.yaml"), "\n" + ROUTE);
        Path two = Files.writeString(
                routes.resolve("b.camel.yaml"),
                ROUTE.replace("after-restart", "before-shutdown").replace("tell", "ask"));
        assertThat(check("routes_dir: routes"))
                .contains(
                        "info HOOK: a run calls direct:after-restart of " + one + ":2",
                        "info HOOK: a run calls direct:before-shutdown of " + two + ":1");
    }

    @Test
    void a_configuration_for_single_restarts_has_nothing_to_explain() throws Exception {
        Config config = read("targets: {default: {}}");
        assertThat(EngineCheck.concerns(config)).isFalse();
        assertThat(EngineCheck.findings(config, NOW)).isEmpty();
        assertThat(EngineCheck.concerns(read("routes_dir: r"))).isTrue();
    }

    /** As it would stand on a screen, with the paths of this test made short. */
    private String error(String code, String what, String why) {
        String[] words = what.split(" (?=[^ ]+$)");
        return "error " + code + ": tried to check the " + words[0] + " " + folder.resolve(words[1]) + " but " + why;
    }

    private List<String> check(String text) throws IOException, UsageException {
        return EngineCheck.findings(read(text), NOW).stream()
                .map(f -> word(f) + " " + f.code() + ": " + f.message())
                .toList();
    }

    private static String word(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    private void secret(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private Config read(String text) throws IOException, UsageException {
        return ConfigFile.readWhole(Optional.of(Files.writeString(folder.resolve("rollcall.yaml"), text)));
    }
}
