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
    private static final int TASKS = 400;

    @Test
    void aPoolThatIsReplacedTaskByTaskLeavesNobodyBehind() throws Exception {
        Program program = Program.wrapped("w", "--max-tasks-per-child=1");
        try (Arena arena = Arena.of(program).open()) {
            for (int i = 0; i < TASKS; i++) {
                arena.send("nap", 0.01);
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
}
