package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** supervisord was killed by the out-of-memory killer; its workers went on without it. */
@Tag("arena")
class OrphansTest {
    @Test
    void orphansOfADeadSupervisordAreEndedAndTheServiceIsUp() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q"), Program.wrapped("w")).open()) {
            Proc detached = arena.detached("detach", "nohup", 600);
            Proc fork = arena.detached("detach", "fork", 600);
            Before before = Before.of(arena).without(List.of(fork));
            killSupervisord(arena);
            Proc reused = arena.redis().proc();
            Files.writeString(arena.folder().root().resolve("supervisord.pid"), reused.pid() + "\n");

            Result result = arena.rollcall().run("restart").result();

            assertThat(reused.isAlive()).as("the pid in a stale pidfile").isTrue();
            assertThat(result.json().at("/roll/supervisord").isNull()).isTrue();
            before.assertReplaced(result);
            assertThat(result.changed()).isTrue();
            assertThat(result.killed()).containsAll(before.mainPids());
            assertThat(result.nodes()).allMatch(n -> n.get("orphan").asBoolean());
            assertThat(detached.isAlive()).isTrue();
            assertThat(fork.isAlive()).isTrue();
        }
    }

    @Test
    void twinsOfANewSupervisordAndADeadOneAreBothReplacedByOneNode() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            Before old = Before.of(arena);
            killSupervisord(arena);
            arena.startSupervisord();
            Before both = Before.of(arena, 2);

            Result result = arena.rollcall().run("restart").result();

            both.assertReplaced(result);
            assertThat(result.nodes()).hasSize(2);
            assertThat(result.nodes())
                    .filteredOn(n -> n.get("orphan").asBoolean())
                    .hasSize(1);
            assertThat(result.killed()).containsAll(old.mainPids());
        }
    }

    @Test
    void aWorkerOfAProgramThatWasRenamedSinceIsSparedAndNamed() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            Before old = Before.of(arena);
            killSupervisord(arena);
            Path conf = arena.folder().conf();
            Files.writeString(conf, Files.readString(conf).replace("[program:q]", "[program:renamed]"));

            Result result = arena.rollcall().run("restart").result();

            assertThat(result.json().get("exit_code").asInt()).isEqualTo(5);
            assertThat(result.findings())
                    .filteredOn("ORPHAN_SPARED"::equals)
                    .as("told before and after")
                    .hasSize(2);
            assertThat(result.killed()).isEmpty();
            assertThat(old.celery()).allMatch(Proc::isAlive);
            assertThat(arena.awaitNodes(2)).extracting(Workers.Node::pid).containsAll(old.mainPids());
        }
    }

    private static void killSupervisord(Arena arena) {
        Proc supervisord = arena.supervisord();
        supervisord.kill();
        await().until(() -> !supervisord.isAlive());
    }
}
