package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Tracer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that do not go when they are told: stopped, dead and not reaped, held by a debugger. */
@Tag("arena")
class StuckProcessesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void whatIsStoppedIsEndedAndAZombieThatNobodyReapsIsGone() throws Exception {
        try (Arena arena = Arena.of(
                        Program.celery("q").set("stopwaitsecs", "2"),
                        Program.wrapped("w").set("stopwaitsecs", "2"))
                .open()) {
            Before before = Before.of(arena);
            aStoppedSupervisordIsNotTouched(arena);
            for (long main : before.mainPids()) {
                Proc.read(main).orElseThrow().signal("STOP");
            }
            long zombie = before.poolPids().get(0);
            Proc.read(zombie).orElseThrow().kill();
            await().atMost(SOON).until(() -> Proc.read(zombie).isEmpty());

            Result result =
                    arena.rollcall().run("restart", "--start-timeout", "4m").result();

            before.assertReplaced(result);
            assertThat(result.findings()).contains("NODE_SILENT");
            assertThat(result.nodes()).hasSize(2);
            assertThat(result.killed()).doesNotContain(zombie);
        }
    }

    private static void aStoppedSupervisordIsNotTouched(Arena arena) throws Exception {
        Proc supervisord = arena.supervisord();
        Untouched untouched = Untouched.since(arena);
        supervisord.signal("STOP");
        Run run = arena.rollcall().run("restart");
        supervisord.signal("CONT");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
        assertThat(run.result().text("error/code")).isEqualTo("SUPERVISORD_UNREACHABLE");
        untouched.assertStillButForTheRecord();
    }

    @Test
    void aLeftoverThatADebuggerHoldsIsNamedAndTheServiceIsUpAgainSoon() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            long held = before.mainPids().get(0);
            Result result;
            try (Tracer tracer = Tracer.of(Proc.read(held).orElseThrow())) {
                Run run = arena.rollcall().run("restart");
                assertThat(run.exitCode()).as(run.toString()).isEqualTo(5);
                result = run.result();
                assertThat(Proc.read(held)).isPresent();
            }

            assertThat(result.text("service")).isEqualTo("up");
            JsonNode survivor = result.json().at("/survivors/0");
            assertThat(survivor.get("pid").asLong()).isEqualTo(held);
            assertThat(survivor.get("reason").asText()).contains("SIGKILL had no effect (state t");
            assertThat(result.milliseconds("kill"))
                    .as("one round of five seconds, not ten")
                    .isLessThan(30_000);
            await("the debugger has let it go").atMost(SOON).until(() -> before.celery().stream()
                    .noneMatch(Proc::isAlive));
            assertThat(arena.awaitNodes()).extracting(n -> n.pid()).doesNotContainAnyElementsOf(List.of(held));
        }
    }
}
