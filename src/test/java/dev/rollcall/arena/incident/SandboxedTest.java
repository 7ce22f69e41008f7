package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
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

/** After the first restart by the new, well hardened service no worker could use sudo any more, or saw the files in /tmp. */
@Tag("arena")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxedTest {
    private Arena arena;

    @BeforeAll
    void open() throws Exception {
        arena = Arena.of(Program.celery("q")).open();
    }

    @AfterAll
    void close() throws Exception {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/setpriv, --no-new-privs, no new privileges",
        "/usr/bin/setpriv, --bounding-set=-mknod, CAP_MKNOD",
        "/usr/bin/unshare, --mount, another view of the file system"
    })
    void aSupervisordThatWouldBeBornIntoOurSandboxIsNotShutDown(String program, String option, String named)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
        Untouched untouched = Untouched.since(arena);

        Run run = arena.rollcall().within(program, option).run("restart");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.result().text("error/code")).isEqualTo("SANDBOXED");
        assertThat(run.result().text("error/message")).contains(named);
        untouched.assertStillButForTheRecord();
    }

    @Test
    void fromOutsideOfAnySandboxItIsRestarted() throws Exception {
        Run run = arena.rollcall().run("restart");

        assertThat(run.exitCode()).isZero();
        assertThat(run.result().changed()).isTrue();
    }
}
