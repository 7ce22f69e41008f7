package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker was the reason for the restart, and the restart waited for the broker. */
@Tag("arena")
class BrokerTroubleTest {
    private static final Duration BOUND = Duration.ofSeconds(70);
    /** In milliseconds, four seconds on a quiet machine, where each broker command in turn would take twenty; the rest is for one under load. */
    private static final long LOOK = 15_000;

    @Test
    void aBrokerThatAcceptsAndStaysSilentDelaysTheRollByItsTimeoutOnly() throws Exception {
        try (Arena arena = arena()) {
            Before before = Before.of(arena);
            arena.redis().proc().signal("STOP");
            Instant begun = Instant.now();

            Running running = arena.rollcall().start("restart", "--start-timeout", "4m");
            arena.folder().awaitEvent("shutdown_begun");
            arena.redis().proc().signal("CONT");
            Run run = running.await();

            assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
            Result result = run.result();
            assertThat(run.exitCode()).isZero();
            before.assertReplaced(result);
            assertThat(result.json().at("/roll/answered_nodes").asInt()).isZero();
            assertThat(result.nodes()).hasSize(1);
            assertThat(result.findings()).isNotEmpty();
        }
    }

    @Test
    void aSilentBrokerIsFoundOutWithinSecondsAndRequiredAnswersLeaveEverythingAsItIs() throws Exception {
        try (Arena arena = arena()) {
            Path settings = arena.folder().app().resolve("settings.py");
            Files.writeString(settings, "\nimport time; time.sleep(60)", StandardOpenOption.APPEND);
            Untouched untouched = Untouched.since(arena);
            arena.redis().proc().signal("STOP");

            Run run = arena.rollcall().run("restart", "--require-answers");

            arena.redis().proc().signal("CONT");
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
            assertThat(run.result().text("error/code")).isEqualTo("NODE_SILENT");
            assertThat(run.result().findings()).contains("BROKER_UNREACHABLE");
            assertThat(run.result().milliseconds("preflight") + run.result().milliseconds("inspect"))
                    .isLessThan(LOOK);
            untouched.assertStillButForTheRecord();
        }
    }

    @Test
    void aBrokerThatIsDownLeavesTheServiceUpAndSaysThatTheNodesDoNotAnswer() throws Exception {
        try (Arena arena = arena()) {
            Before before = Before.of(arena);
            arena.redis().kill();
            Instant begun = Instant.now();

            Run run = arena.rollcall().run("restart", "--start-timeout", "30s");

            assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(5);
            assertThat(run.result().text("service")).isEqualTo("up");
            assertThat(run.result().findings()).contains("BROKER_UNREACHABLE", "NODE_SILENT");
            assertThat(before.celery()).noneMatch(Proc::isAlive);
            assertThat(arena.supervisorctl().stateOf("w")).isEqualTo("RUNNING");
        }
    }

    private static Arena arena() throws Exception {
        return Arena.of(Program.wrapped("w").set("stopwaitsecs", "4")).open();
    }
}
