package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Running;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A timer and an operator restarted at the same moment; two supervisords were the result. */
@Tag("arena")
class TwoRunsAtOnceTest {
    @Test
    void oneRestartsAndTheOtherSaysThatTheTargetIsHeld() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q"), Program.holding()).open()) {
            Before before = Before.of(arena);
            Running one = arena.rollcall().start("restart");
            Running two = arena.rollcall().start("restart");

            await("one is refused while the other is at work")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> !one.process().isAlive() || !two.process().isAlive());
            arena.letStop();
            List<Run> runs = List.of(one.await(), two.await());

            assertThat(runs).extracting(Run::exitCode).containsExactlyInAnyOrder(0, 3);
            assertThat(runs)
                    .extracting(run -> run.json().path("run_id").asText())
                    .hasSize(2)
                    .doesNotContain("")
                    .allMatch(runs.get(0).json().path("run_id").asText()::equals);
            before.assertReplaced();
            assertThat(Stream.of(arena.folder().journals().split("\n")).filter(l -> l.contains("\"shutdown_begun\"")))
                    .hasSize(1);
        }
    }
}
