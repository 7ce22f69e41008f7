package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The configuration that this tool was first written for. */
@Tag("arena")
class OriginalConfigurationTest {
    @Test
    void twoAutoscaledNodesAndAnotherProgramAreRestartedOnceAndTheRunIsOnRecord() throws Exception {
        try (Arena arena = Arena.of(original("mail"), original("reports"), Program.plain("idle"))
                .open()) {
            Before before = Before.of(arena);
            Proc supervisord = arena.supervisord();

            Result result = arena.rollcall()
                    .patient()
                    .run("restart", "--token", "release-7")
                    .result();

            before.assertReplaced(result);
            assertThat(supervisord.isAlive()).isFalse();
            assertThat(result.text("roll/supervisord/pid")).isEqualTo("" + supervisord.pid());
            assertThat(result.json().at("/roll/answered_nodes").asInt()).isEqualTo(2);
            assertThat(arena.supervisorctl().stateOf("idle")).isEqualTo("RUNNING");
            assertOnRecord(arena, result.text("run_id"));
            assertTokenIsDoneOnce(arena);
        }
    }

    /** The three lines of the procedure's author: QUIT, autoscale, a name with the host in it. */
    private static Program original(String name) {
        return Program.celery(name, "-n " + name + "@%%h --autoscale=3,1");
    }

    private static void assertOnRecord(Arena arena, String runId) throws Exception {
        Run list = arena.rollcall().withoutConf().run("runs");
        assertThat(list.exitCode()).isZero();
        assertThat(list.json().toString()).contains(runId);
        Result shown = arena.rollcall().withoutConf().run("runs", runId).result();
        assertThat(shown.text("outcome")).isEqualTo("succeeded");
        assertThat(shown.text("journal")).contains(runId);
    }

    private static void assertTokenIsDoneOnce(Arena arena) throws Exception {
        var identities = arena.identities();
        Run again = arena.rollcall().run("restart", "--token", "release-7");
        assertThat(again.exitCode()).isZero();
        assertThat(again.result().text("outcome")).isEqualTo("nothing_to_do");
        assertThat(again.result().changed()).isFalse();
        assertThat(arena.identities()).containsAll(identities);
    }
}
