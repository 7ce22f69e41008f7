package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A solo worker in the middle of a task was taken for dead, and a pool of threads for one process too many. */
@Tag("arena")
class DeafPoolsTest {
    @Test
    void aBusySoloNodeIsOnTheRollAndTasksInThreadsAreNoProcessesOfTheirOwn() throws Exception {
        try (Arena arena = Arena.of(node("one", "solo -Q one"), node("many", "threads -Q many"))
                .open()) {
            Before before = Before.of(arena);
            String deaf = arena.beginOn("one", "nap", 600);
            String heard = arena.beginOn("many", "nap", 600);

            // the deaf one is waited for to the end
            Result result = arena.rollcall()
                    .run("restart", "--start-timeout", "4m", "--inspect-timeout", "10s")
                    .result();

            before.assertReplaced(result);
            List<JsonNode> nodes = result.nodes();
            assertThat(nodes).hasSize(2).allSatisfy(n -> assertThat(n.get("processes"))
                    .isEmpty());
            assertThat(nodes)
                    .filteredOn(n -> !n.get("answered").asBoolean())
                    .extracting(n -> n.get("pool").asText())
                    .containsExactly("solo");
            assertThat(result.findings()).contains("NODE_SILENT");
            assertThat(result.interrupted()).containsEntry(heard, "lost").doesNotContainKey(deaf);
        }
    }

    private static Program node(String name, String pool) {
        return Program.celery(name, "-n " + name + "@%%h --without-mingle --without-gossip --pool=" + pool)
                .set("stopwaitsecs", "3");
    }
}
