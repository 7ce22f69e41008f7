package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Stranger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hosts share a broker; the pids that one of them answered with belonged to somebody else on the other. */
@Tag("arena")
class StrangersTest {
    @Test
    void pidsThatANodeOfAnotherHostAnswersWithAreNobodyHere() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            Proc detached = arena.detached("detach", "nohup", 600);
            Proc redis = arena.redis().proc();
            long main = before.mainPids().get(0);
            long pool = before.poolPids().get(0);
            // its own answer would outdo theirs
            Proc.read(main).orElseThrow().signal("STOP");
            try (Stranger far = new Stranger(arena, "w@far", detached.pid(), redis.pid(), "task-of-far");
                    Stranger near = new Stranger(arena, "w@near", main, redis.pid(), "task-of-near");
                    Stranger twin = new Stranger(arena, "w@twin", redis.pid(), pool, "task-of-twin")) {
                Result result = arena.rollcall().run("restart").result();

                assertThat(result.text("outcome")).isEqualTo("succeeded");
                assertThat(result.nodes()).hasSize(1);
                assertThat(result.json().at("/roll/answered_nodes").asInt()).isZero();
                assertThat(result.nodeNames().get(0)).startsWith("w@").doesNotContain("far", "near", "twin");
                assertThat(result.killed()).doesNotContain(detached.pid(), redis.pid());
                assertThat(result.interrupted()).isEmpty();
            }
            assertThat(detached.isAlive()).isTrue();
            assertThat(redis.isAlive()).isTrue();
            before.assertReplaced();
        }
    }
}
