package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A typing error in the configuration was found when supervisord was already down. */
@Tag("arena")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
    private Arena arena;

    @BeforeAll
    void open() throws Exception {
        arena = Arena.of(Program.celery("q"), Program.plain("idle")).open();
    }

    @AfterAll
    void close() throws Exception {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/bin/tail    | /nowhere/at/all",
                "/usr/bin/tail    | /usr/bin/tail %(ENV_NOT_SET_ANYWHERE)s",
                "directory=/tmp    | directory=/nowhere",
                "stopsignal=QUIT  | numprocs=many",
                "stopsignal=QUIT  | stopsignal=NOSUCH",
                "command=/usr/bin/tail | colour=/usr/bin/tail",
                "[program:idle]   | this is no configuration"
            })
    void aConfigurationThatWouldNotStartIsRefusedBeforeAnythingStops(String right, String wrong) throws Exception {
        Path conf = arena.folder().conf();
        String good = Files.readString(conf);
        assertThat(good).contains(right);
        Files.writeString(conf, good.replace(right, wrong));
        try {
            assertRefused();
        } finally {
            Files.writeString(conf, good);
        }
    }

    private void assertRefused() throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().run("restart");

        assertThat(run.exitCode()).isEqualTo(4);
        Result result = run.result();
        assertThat(result.text("outcome")).isEqualTo("refused");
        assertThat(result.changed()).isFalse();
        assertThat(result.text("error/message")).contains(";");
        untouched.assertStillButForTheRecord();
    }

    @ParameterizedTest
    @CsvSource({
        "--drian=5s,        --drain",
        "--target=nowhere,  nowhere",
        "--stop-timeout=soon, soon",
        "--scope=everything, everything"
    })
    void aRequestThatIsWrongSaysWhereAndTouchesNothing(String option, String hint) throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = option.startsWith("--target")
                ? arena.rollcall().withoutConf().run("restart", option)
                : arena.rollcall().run("restart", option);

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains(hint).doesNotContain("\tat ");
        untouched.assertStill();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"drian\": \"5s\"} | drain", "{\"drain\": | JSON"})
    void aRequestInJsonThatIsWrongNamesTheNearestKey(String request, String hint) throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().input(request).run("restart", "--request", "-");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains(hint).doesNotContain("\tat ");
        untouched.assertStill();
    }

    @Test
    void aConfigurationThatIsNotThereIsNamed() throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().conf("/nowhere/supervisord.conf").run("restart");

        assertThat(run.exitCode()).isIn(2, 4);
        assertThat(run.out() + run.err()).contains("/nowhere/supervisord.conf");
        untouched.assertStillButForTheRecord();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "roll"})
    void lookingTouchesNothingNotEvenTheStateFolder(String command) throws Exception {
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().run(command);

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.json().toString()).contains("q@");
        untouched.assertStill();
    }
}
