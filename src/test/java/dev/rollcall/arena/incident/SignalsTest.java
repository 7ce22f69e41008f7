package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator pressed ^C half-way, and the service stayed down over the weekend. */
@Tag("arena")
class SignalsTest {
    @Test
    void aSignalBeforeTheStopChangesNothingAndAfterItTheRunStillEndsWithTheServiceUp() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            interruptedWhileTheRollIsTaken(arena, "INT", 2);
            interruptedWhileTheRollIsTaken(arena, "HUP", 1);
            interruptedWhileTheRollIsTaken(arena, "TERM", 15);
            Before before = Before.of(arena);

            Running running = arena.rollcall().interruptible().start("restart");
            awaitShutdown(arena);
            for (String signal : List.of("INT", "HUP", "TERM")) {
                running.signal(signal);
            }
            Run run = running.await();

            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("SIGINT noted", "SIGHUP noted", "SIGTERM noted");
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

    private static long requests(Arena arena) throws IOException {
        return arena.folder()
                .journals()
                .lines()
                .filter(l -> l.contains("\"requested\""))
                .count();
    }

    /** A silent broker holds the roll open long enough to be interrupted in it. */
    private static void interruptedWhileTheRollIsTaken(Arena arena, String signal, int number) throws Exception {
        Proc supervisord = arena.supervisord();
        arena.redis().proc().signal("STOP");
        long runs = requests(arena);
        Running running = arena.rollcall().interruptible().start("restart", "--inspect-timeout", "20s");
        await().atMost(Duration.ofSeconds(30)).until(() -> requests(arena) > runs);
        running.signal(signal);
        Run run = running.await();
        arena.redis().proc().signal("CONT");

        assertThat(run.exitCode()).isEqualTo(128 + number);
        assertThat(run.result().text("outcome")).isEqualTo("interrupted");
        assertThat(supervisord.isAlive()).isTrue();
        assertThat(arena.folder().journals()).doesNotContain("shutdown_begun");
        arena.awaitNodes();
    }
}
