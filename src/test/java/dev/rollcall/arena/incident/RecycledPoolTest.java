package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pids had been written down, and at the kill they were others: every task had used up a pool process. */
@Tag("arena")
class RecycledPoolTest {
    private static final int TASKS = 200;

    @Test
    void aPoolThatIsReplacedTaskByTaskLeavesNobodyBehind() throws Exception {
        Program program = Program.wrapped("w", "--max-tasks-per-child=1 --concurrency=8");
        try (Arena arena = Arena.of(program, slow()).open()) {
            for (int i = 0; i < TASKS; i++) {
                // of two lengths, so that the pool is never empty as a whole: Celery fills it up every 0.8 s only
                arena.send("nap", i % 2 == 0 ? 1.5 : 2.3);
            }
            Before before = Before.of(arena);

            Result result = arena.rollcall().run("restart").result();

            assertThat(result.text("outcome")).as("%s", result.findings()).isEqualTo("succeeded");
            assertThat(result.killed()).containsAll(before.mainPids());
            assertThat(result.survivors()).isZero();
            assertThat(arena.folder().journals())
                    .as("some came after the roll was taken")
                    .contains("\"roll_extended\"");
            List<Workers.Node> now = before.assertReplaced();
            assertThat(arena.celery())
                    .allMatch(p -> p.pid() == now.get(0).pid()
                            || p.ppid() == now.get(0).pid()
                            || !p.isAlive());
        }
    }

    /** Holds supervisord's stop open until every pool process of the roll has been replaced. */
    private static Program slow() {
        return Program.plain("slow")
                .set("command", "nohup tail -f /dev/null")
                .set("stopsignal", "HUP")
                .set("stopwaitsecs", 4);
    }
}
