package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Folder;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody knew which customers had got no invoice. */
@Tag("arena")
class InterruptedTasksTest {
    @Test
    void everyTaskThatWasCutShortIsNamedWithItsFateAndNoOther() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            Folder marks = arena.folder();
            String finished = arena.begin("nap", 0);
            marks.awaitMark(finished, "finished");
            String early = arena.begin("nap", 600);
            String late = arena.begin("nap_late", 600);
            String firstPid = marks.awaitMark(late, "started");
            Before before = Before.of(arena);

            Result result = arena.rollcall().patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.interrupted())
                    .containsEntry(early, "lost")
                    .containsEntry(late, "redelivered")
                    .hasSize(2);
            await("delivered again").atMost(Duration.ofSeconds(90)).until(() -> !marks.awaitMark(late, "started")
                    .equals(firstPid));
        }
    }

    @Test
    void aTaskThatFinishesWhileSupervisordStopsIsNotCalledLost() throws Exception {
        Program warm = Program.celery("w").set("stopsignal", "TERM").set("stopwaitsecs", "60");
        try (Arena arena = Arena.of(warm).open()) {
            Before before = Before.of(arena);
            String task = arena.begin("nap", 3);

            Result result = arena.rollcall().patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(arena.folder().hasMark(task, "finished")).isTrue();
            assertThat(result.interrupted()).doesNotContainEntry(task, "lost");
            assertThat(result.killed()).isEmpty();
        }
    }
}
