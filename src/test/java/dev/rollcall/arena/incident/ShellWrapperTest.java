package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** supervisord stops only the shell; the node below it used to go on for days. */
@Tag("arena")
class ShellWrapperTest {
    @Test
    void aNodeThatSurvivesTheStopOfItsShellIsEndedAndAnswersOnceAfterwards() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            Run run = arena.rollcall().run("restart");
            Result result = run.result();

            assertThat(run.exitCode()).isZero();
            before.assertReplaced(result);
            assertThat(result.changed()).isTrue();
            assertThat(result.killed()).containsAll(before.mainPids());
            assertThat(result.killedKinds().get(0)).as("the main process first").isEqualTo("main");
            assertThat(result.step("kill")).isEqualTo("ok");
            assertThat(pidfile(arena))
                    .as("the plain pid file")
                    .contains(before.mainPids().get(0).toString());
        }
    }

    @Test
    void theRollHasMainAndPoolProcessesAlthoughNoTaskIsActive() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            Result plan = arena.rollcall().run("plan").result();

            assertThat(plan.text("roll/nodes/0/pid"))
                    .isEqualTo(before.mainPids().get(0).toString());
            assertThat(plan.json().at("/roll/nodes/0/processes")).hasSameSizeAs(before.poolPids());
            assertThat(plan.text("roll/remote_control")).isEqualTo("redis");
        }
    }

    private static String pidfile(Arena arena) throws Exception {
        return Files.readString(arena.folder().state().resolve("pids/default.txt"));
    }
}
