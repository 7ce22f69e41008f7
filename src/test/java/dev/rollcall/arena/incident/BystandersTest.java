package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A report that a task had detached was killed with the workers, twelve hours into its work. */
@Tag("arena")
class BystandersTest {
    private static final List<String> WAYS = List.of("nohup", "setsid", "child", "fork-exec", "fork", "fork-setsid");

    @Test
    void everyProcessThatATaskDetachedLivesOnWithItsStartTimeUnchanged() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q"), Program.wrapped("w").set("priority", "5"))
                .open()) {
            List<Proc> detached = new ArrayList<>();
            for (String way : WAYS) {
                detached.add(arena.detached("detach", way, 600));
            }
            Before before = Before.of(arena).without(detached);

            Result result = arena.rollcall().run("restart").result();

            assertThat(detached).allMatch(Proc::isAlive);
            assertThat(detached.stream().filter(BystandersTest::hasOnlyItsGroup))
                    .as("neither parent nor leader of their group are there any more")
                    .isNotEmpty();
            before.assertReplaced(result);
            List<Long> pids = detached.stream().map(Proc::pid).toList();
            assertThat(result.killed()).doesNotContainAnyElementsOf(pids);
            assertThat(result.findings()).contains("BYSTANDER_PIPE");
            String journal = arena.folder().journals();
            assertThat(journal.indexOf("BYSTANDER_PIPE"))
                    .as("said before anything stops")
                    .isLessThan(journal.indexOf("\"shutdown_begun\""));

            assertThat(arena.rollcall().run("restart").exitCode())
                    .as("and again, from orphans now")
                    .isZero();
            assertThat(detached).allMatch(Proc::isAlive);
        }
    }

    private static boolean hasOnlyItsGroup(Proc before) {
        Proc now = Proc.read(before.pid()).orElseThrow();
        return now.ppid() != before.ppid()
                && now.group() == before.group()
                && Proc.read(now.group()).isEmpty();
    }

    @Test
    void aCeleryWorkerThatATaskStartedIsABystanderLikeAnyOther() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            Proc nested = arena.detached("nested_worker");
            Before before = Before.of(arena, 2).without(List.of(nested));

            Result result = arena.rollcall().run("restart").result();

            assertThat(nested.isAlive()).isTrue();
            assertThat(result.killed()).doesNotContain(nested.pid());
            assertThat(result.bystanders()).contains(nested.pid());
            assertThat(result.text("outcome")).isEqualTo("succeeded");
            assertThat(before.celery()).noneMatch(Proc::isAlive);
            nested.kill();
            before.assertReplaced(result);
        }
    }
}
