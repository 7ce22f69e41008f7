package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker that was sent HUP executes itself anew: same pid and start time, another command line, another pool. */
@Tag("arena")
class ReexecutedTest {
    /** As a virtual environment has it; {@code python -m celery} does not survive HUP, for what it executes is no module any more. */
    private static final String SCRIPT =
            "printf 'import sys\\nfrom celery.__main__ import main\\nsys.exit(main())\\n' > \"${0%/*}/app/celery\"";

    private static final String CELERY =
            "/usr/bin/python3 ./celery -A tasks worker -l info -n %s@%%%%h --concurrency=2 --without-mingle";

    @Test
    void workersThatHaveExecutedThemselvesAnewAreOnTheRollWithTheirNewPools() throws Exception {
        try (Arena arena = Arena.of(
                        Program.celery("q").set("command", CELERY.formatted("q")),
                        Program.wrapped("w").set("command", "sh -c \"" + CELERY.formatted("w") + "; true\""))
                .startLine(SCRIPT)
                .open()) {
            Before first = Before.of(arena);
            for (long main : first.mainPids()) {
                Proc.read(main).orElseThrow().signal("HUP");
            }
            await("both have new pools").atMost(Duration.ofSeconds(90)).until(() -> {
                List<Workers.Node> now = arena.nodes();
                return now.size() == 2
                        && now.stream().flatMap(n -> n.pool().stream()).noneMatch(first.poolPids()::contains);
            });
            Before before = Before.of(arena);
            assertThat(before.mainPids()).hasSameElementsAs(first.mainPids());

            Result result = arena.rollcall().run("restart").result();

            before.assertReplaced(result);
            assertThat(before.poolPids()).allMatch(pid -> Proc.read(pid).isEmpty());
            assertThat(result.nodeNames()).hasSize(2);
        }
    }
}
