package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody had stopped supervisord and gone home. */
@Tag("arena")
class SupervisordNotRunningTest {
    /** A supervisord that outlives its socket by two seconds more. */
    private static final String LINGERING =
            """
            cat >"${0%/*}/sitecustomize.py" <<'END'
            import atexit, sys, time
            if sys.orig_argv[1].endswith("/supervisord"):
                atexit.register(time.sleep, 2)
            END
            """;

    @Test
    void aSupervisordThatIsNotRunningIsStarted() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q"), Program.plain("idle")).open()) {
            Proc supervisord = arena.supervisord();
            Before before = Before.of(arena);
            arena.supervisorctl().run("shutdown");
            await().atMost(Duration.ofSeconds(30)).until(() -> !supervisord.isAlive());

            Run plan = arena.rollcall().run("plan");
            assertThat(plan.exitCode()).isZero();
            assertThat(plan.result().json().at("/roll/supervisord").isNull()).isTrue();
            assertThat(arena.celery()).as("plan starts nothing").isEmpty();

            Result result =
                    arena.rollcall().run("restart", "--start-timeout", "4m").result();

            before.assertReplaced(result);
            assertThat(result.changed()).isTrue();
            assertThat(result.killed()).isEmpty();
            assertThat(result.step("start")).isEqualTo("ok");
            assertThat(arena.supervisorctl().stateOf("idle")).isEqualTo("RUNNING");
        }
    }

    @Test
    void aSupervisordThatIsGoingIsWaitedForThoughItsSocketIsGoneAlready() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q"))
                .startLine(LINGERING)
                .startLine("export PYTHONPATH=\"${0%/*}\"")
                .open()) {
            Proc supervisord = arena.supervisord();
            Before before = Before.of(arena);
            Path socket = arena.folder().root().resolve("s");
            arena.supervisorctl().run("shutdown");
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !Files.exists(socket));
            assertThat(supervisord.isAlive()).as("it outlives its socket").isTrue();

            Result result =
                    arena.rollcall().run("restart", "--start-timeout", "4m").result();

            before.assertReplaced(result);
            assertThat(supervisord.isAlive()).isFalse();
            assertThat(arena.supervisord().startTicks()).isGreaterThan(supervisord.startTicks());
        }
    }
}
