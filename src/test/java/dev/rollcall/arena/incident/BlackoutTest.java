package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Launcher;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Workers were restarted in the middle of the annual accounts, by somebody who could not know. */
@Tag("arena")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackoutTest {
    private static final String ALWAYS = "blackouts: [{name: accounts, cron: '* * * * * ?', zone: UTC}]\n";

    private Arena arena;

    @BeforeAll
    void open() throws Exception {
        arena = Arena.of(Program.celery("q")).open();
    }

    @AfterAll
    void close() throws Exception {
        arena.close();
    }

    @Test
    void aRestartIsRefusedWithTheNameAndTheEndOfTheWindow() throws Exception {
        String config = config(ALWAYS);
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().run("restart", "--config", config);

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
        Result result = run.result();
        assertThat(result.text("error/code")).isEqualTo("BLACKOUT");
        assertThat(result.text("error/message")).contains("accounts", "ends at 20", "--override");
        untouched.assertStillButForTheRecord();
    }

    @Test
    void aPlanTellsOfIt() throws Exception {
        Run run = arena.rollcall().run("plan", "--config", config(ALWAYS));

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.result().text("outcome")).isEqualTo("planned");
        assertThat(run.json().path("findings").findValuesAsText("code")).contains("BLACKOUT");
    }

    @Test
    void oneThatOverridesGoesThroughAndTheJournalSaysSo() throws Exception {
        Run run = arena.rollcall()
                .input("{\"override\": true}")
                .run("restart", "--config", config(ALWAYS), "--request", "-");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.result().text("outcome")).isEqualTo("succeeded");
        assertThat(Files.readAllLines(Path.of(run.result().text("journal"))).get(0))
                .contains("\"override\":true");
        arena.awaitNodes();
    }

    @Test
    void aCommandLineDoesNotWaitForTheEnd() throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().run("restart", "--defer");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains("only a trigger of the engine waits");
        untouched.assertStill();
    }

    @Test
    void checkExplainsAllOfItAndTouchesNothing() throws Exception {
        String config = config(ALWAYS
                + "targets: {default: {conf: supervisord.conf}}\n"
                + "triggers: {timer: [{name: nightly, cron: '0 30 3 * * ?', zone: UTC}], file: {inbox: nowhere}}\n");
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().withoutConf().run("check", "--config", config);

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
        JsonNode findings = run.json();
        assertThat(findings.findValuesAsText("code"))
                .contains("TIMER", "TIMER_IN_BLACKOUT", "BLACKOUT_WINDOW", "INBOX_UNUSABLE", "BLACKOUT");
        untouched.assertStill();
    }

    /** What only times in the configuration need must not cost every restart its start-up. */
    @Test
    void withoutBlackoutsNothingOfQuartzIsLoaded() throws Exception {
        String timers = "targets: {default: {}}\ntriggers: {timer: [{name: n, cron: '0 30 3 * * ?', zone: UTC}]}\n";

        assertThat(loaded(config(timers))).contains("dev.rollcall.config.").doesNotContain("org.quartz");
        assertThat(loaded(config(ALWAYS))).contains("org.quartz.CronExpression");
    }

    /** The launcher switches the log of the JVM off, so the jar is run without it. */
    private String loaded(String config) throws Exception {
        Path log = arena.folder().root().resolve("log/classes.log");
        String java = ProcessHandle.current().info().command().orElse("java");
        String conf = arena.folder().conf().toString();
        Run run = arena.rollcall()
                .exactly(List.of(
                        java,
                        "-Xlog:class+load:file=" + log + ":none",
                        "-jar",
                        Launcher.jar().toString(),
                        "plan",
                        "-c",
                        conf,
                        "--config",
                        config))
                .await();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return Files.readString(log);
    }

    private String config(String text) throws Exception {
        return Files.writeString(arena.folder().root().resolve("rollcall.yaml"), text)
                .toString();
    }
}
