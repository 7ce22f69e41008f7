package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.SupervisorCtl;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator had started or stopped by hand was the other way round after the restart. */
@Tag("arena")
class ProgramStatesTest {
    @Test
    void aProgramStartedByHandRunsAgainAndOneStoppedByHandStaysStoppedOrIsReported() throws Exception {
        Program byHand = Program.plain("byhand").manual();
        try (Arena arena =
                Arena.of(Program.celery("q"), byHand, Program.celery("held")).open()) {
            SupervisorCtl ctl = arena.supervisorctl();
            ctl.run("start", "byhand");
            ctl.run("stop", "held");
            arena.awaitNodes(1);

            Run run = arena.rollcall().run("restart");

            Result result = run.result();
            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(ctl.stateOf("q")).isEqualTo("RUNNING");
            assertThat(ctl.stateOf("byhand")).isEqualTo("RUNNING");
            assertThat(ctl.stateOf("held").equals("STOPPED")
                            || result.json().get("findings").toString().contains("held"))
                    .as(
                            "held is %s, findings %s",
                            ctl.stateOf("held"), result.json().get("findings"))
                    .isTrue();
        }
    }

    @Test
    void aProgramThatWasStartingIsWaitedForAndOneThatWasInTroubleIsReported() throws Exception {
        try (Arena arena = Arena.of(
                        Program.celery("q"),
                        Program.plain("slow").set("startsecs", "6"),
                        Program.plain("fatal").set("command", "/bin/false").set("startretries", "0"))
                .open()) {
            SupervisorCtl ctl = arena.supervisorctl();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> ctl.stateOf("fatal").equals("FATAL"));
            Before before = Before.of(arena);

            Run run = arena.rollcall().run("restart");

            Result result = run.result();
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(5);
            assertThat(result.text("service")).isEqualTo("up");
            before.assertReplaced();
            assertThat(ctl.stateOf("slow")).isEqualTo("RUNNING");
            assertThat(result.nodes()).as("nobody else was expected to answer").hasSize(1);
            assertThat(result.findings()).contains("PROGRAM_IN_TROUBLE");
        }
    }
}
