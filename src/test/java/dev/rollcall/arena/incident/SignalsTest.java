package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator pressed ^C half-way, and the service stayed down over the weekend. */
@Tag("arena")
class SignalsTest {
    @Test
    void sigtermBeforeTheStopChangesNothingAndAfterItTheRunStillEndsWithTheServiceUp() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            interruptedWhileTheRollIsTaken(arena);
            Before before = Before.of(arena);

            Running running = arena.rollcall().start("restart");
            awaitShutdown(arena);
            Run run = running.terminate().await();

            assertThat(run.exitCode()).isZero();
            before.assertReplaced(run.result());
        }
    }

    @Test
    void aRunThatWasKilledHalfWayIsFinishedByTheNextRestart() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            Running running = arena.rollcall().start("restart");
            awaitShutdown(arena);
            running.process().destroyForcibly().waitFor();
            tearTheJournal(arena);

            Run next = arena.rollcall().run("restart");

            assertThat(next.exitCode()).as(next.toString()).isZero();
            before.assertReplaced(next.result());
        }
    }

    /** As a power loss in the middle of a line does. */
    private static void tearTheJournal(Arena arena) throws Exception {
        try (Stream<Path> runs = Files.list(arena.folder().state().resolve("runs"))) {
            Path journal = runs.findFirst().orElseThrow();
            Files.writeString(journal, "{\"seq\":99,\"type\":\"run_en", StandardOpenOption.APPEND);
        }
    }

    private static void awaitShutdown(Arena arena) {
        arena.folder().awaitEvent("shutdown_begun");
    }

    /** A silent broker holds the roll open long enough to be interrupted in it. */
    private static void interruptedWhileTheRollIsTaken(Arena arena) throws Exception {
        Proc supervisord = arena.supervisord();
        arena.redis().proc().signal("STOP");
        Running running = arena.rollcall().start("restart", "--inspect-timeout", "20s");
        arena.folder().awaitEvent("requested");
        Run run = running.terminate().await();
        arena.redis().proc().signal("CONT");

        assertThat(run.exitCode()).isEqualTo(128 + 15);
        assertThat(supervisord.isAlive()).isTrue();
        assertThat(arena.folder().journals()).doesNotContain("shutdown_begun");
        arena.awaitNodes();
    }
}
