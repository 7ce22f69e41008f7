package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.config.Config;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Up to where the target itself would be looked at. */
class CheckCommandTest {
    private static final String WRONG_FORM =
            """
            statedir: /x
            blackouts: [{name: bad, cron: never}, {name: good, cron: '* * 3 * * ?', zone: UTC}]
            targets: {default: {}}
            triggers: {file: {inbx: inbox}}
            routes_dir: routes
            """;

    private static final String HOOK =
            """
            - route:
                id: tell
                from:
                  uri: direct:after-restart
                  steps:
                    - to:
                        uri: log:x
            """;

    /** There is no host here; whoever asks for one has come too far. */
    private static final class NoMachine implements Machine {
        @Override
        public Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt) {
            throw new TooFar();
        }

        @Override
        public Engine engineDespite(String why, Path stateDir, Retention keep, Interrupt interrupt) {
            throw new TooFar();
        }

        @Override
        public Journal journal(Path stateDir, Retention keep) {
            throw new TooFar();
        }

        @Override
        public int serve(Config config, Path stateDir, boolean json) {
            throw new TooFar();
        }
    }

    private static final class TooFar extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void place(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void a_configuration_of_the_wrong_form_is_refused_with_all_its_lines() throws IOException {
        assertThat(check("statedir: /x\ntriggers: {timr: []}\n")).isEqualTo(2);
        assertThat(out.toString())
                .contains(":1: unknown key 'statedir'", ":2: unknown key 'timr'", "There is something to mend.");
    }

    /** Not one now and the next when that is mended. */
    @Test
    void what_is_wrong_with_routes_and_inbox_is_told_with_a_configuration_of_the_wrong_form() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("bad.camel.yaml"), HOOK.replace("log:x", "slack:x"));
        assertThat(check(WRONG_FORM, "--output", "json")).isEqualTo(2);
        assertThat(told("CONFIGURATION"))
                .satisfiesExactly(
                        f -> assertThat(f).contains(":1: unknown key 'statedir'"),
                        f -> assertThat(f).contains(":2: cron: 'never'"),
                        f -> assertThat(f).contains(":4: unknown key 'inbx'"),
                        f -> assertThat(f).contains(":4: inbox is missing"));
        assertThat(told("BLACKOUT_WINDOW")).singleElement().asString().contains("blackout good");
        assertThat(told("ROUTES_UNUSABLE")).singleElement().asString().contains("bad.camel.yaml:1", "slack");
    }

    @Test
    void hooks_are_told_with_it_too() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path file = Files.writeString(routes.resolve("tell.camel.yaml"), HOOK);
        assertThat(check(WRONG_FORM, "--output", "json")).isEqualTo(2);
        assertThat(told("CONFIGURATION")).hasSize(4);
        assertThat(told("HOOK")).containsExactly("a run calls direct:after-restart of " + file + ":1");
    }

    @Test
    void a_file_that_is_no_yaml_is_not_gone_on_with() throws IOException {
        assertThat(check("routes_dir: [")).isEqualTo(2);
        assertThat(err.toString()).contains("it is no YAML");
    }

    @Test
    void an_option_that_is_wrong_is_told_with_the_configuration() throws IOException {
        assertThat(check("statedir: /x\n", "--defer", "--output", "json")).isEqualTo(2);
        assertThat(told("CONFIGURATION")).hasSize(1);
        assertThat(told("BAD_REQUEST")).singleElement().asString().contains("only a trigger of the engine waits");
    }

    private List<String> told(String code) throws IOException {
        return StreamSupport.stream(Json.MAPPER.readTree(out.toString()).spliterator(), false)
                .filter(finding -> finding.path("code").asText().equals(code))
                .map(finding -> finding.path("message").asText())
                .toList();
    }

    @Test
    void engine_sections_do_not_need_a_supervisord_to_be_explained() throws IOException {
        Assumptions.assumeFalse(
                Files.exists(Path.of("/etc/supervisor/supervisord.conf"))
                        || Files.exists(Path.of("/etc/supervisord.conf")),
                "there is a supervisord where they usually are");
        String text = "targets: {default: {}}\ntriggers: {timer: [{name: n, cron: '0 30 3 * * ?', zone: UTC}]}";
        assertThat(check(text, "--output", "json")).isEqualTo(2);
        JsonNode findings = Json.MAPPER.readTree(out.toString());
        assertThat(findings.findValuesAsText("code")).containsExactly("TIMER", "CONF_NOT_FOUND");
    }

    @Test
    void waiting_is_for_triggers_and_refused_with_a_sentence() throws IOException {
        assertThat(check("", "--defer")).isEqualTo(2);
        assertThat(err.toString())
                .contains("only a trigger of the engine waits")
                .contains("--override");
    }

    @Test
    void what_is_wrong_for_the_engine_alone_is_told_with_the_rest() throws IOException {
        String text =
                """
                targets: {default: {conf: nowhere.conf}}
                triggers:
                  timer: [{name: n, cron: never}]
                  file: {inbox: nowhere}
                """;
        CheckCommand command = new CheckCommand(new NoMachine());
        assertThat(run(command, text)).isEqualTo(99);
        assertThat(command.findings())
                .anyMatch(f -> f.code().equals("CONFIGURATION") && f.message().contains(":3: cron: 'never'"))
                .anyMatch(f -> f.code().equals("INBOX_UNUSABLE"));
    }

    private int check(String text, String... words) throws IOException {
        return run(new CheckCommand(new NoMachine()), text, words);
    }

    private int run(CheckCommand command, String text, String... words) throws IOException {
        Path file = Files.writeString(folder.resolve("rollcall.yaml"), text);
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(List.of("--state-dir", folder.resolve("state").toString()));
        all.addAll(List.of(words));
        return new CommandLine(command)
                .setExecutionExceptionHandler((e, c, p) -> e instanceof TooFar ? 99 : Failures.execution(e, c, p))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
