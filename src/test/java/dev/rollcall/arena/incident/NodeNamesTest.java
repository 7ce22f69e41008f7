package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Celery answers by name, and names lie. */
@Tag("arena")
class NodeNamesTest {
    private static final String SAME = "-n same@%%h --concurrency=1 --without-mingle --without-gossip";

    @Test
    void twoNodesWithOneNameStayTwoOnTheRollAndAreBothReplaced() throws Exception {
        try (Arena arena =
                Arena.of(Program.celery("a", SAME), Program.celery("b", SAME)).open()) {
            List<Long> old = arena.awaitNodes().stream().map(Workers.Node::pid).toList();

            Result result = arena.rollcall().run("restart").result();

            assertThat(result.text("outcome")).isEqualTo("succeeded");
            assertThat(result.nodes()).hasSize(2);
            assertThat(result.nodeNames())
                    .hasSize(2)
                    .containsOnly(result.nodeNames().get(0));
            assertThat(result.nodes())
                    .extracting(n -> n.get("program").asText())
                    .containsExactlyInAnyOrder("a", "b");
            List<Long> now = arena.awaitNodes(2).stream().map(Workers.Node::pid).toList();
            assertThat(now).doesNotContainAnyElementsOf(old);
        }
    }

    @Test
    void everyProcessOfANumberedProgramIsANodeOfItsOwn() throws Exception {
        try (Arena arena =
                Arena.of(Program.numbered("n", 3).set("stopwaitsecs", "60")).open()) {
            Before before = Before.of(arena);

            Result result = arena.rollcall().patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.nodes()).hasSize(3);
            assertThat(result.json().at("/roll/expected_nodes").asInt()).isEqualTo(3);
            assertThat(result.json().at("/roll/answered_nodes").asInt()).isEqualTo(3);
            assertThat(result.killed()).isEmpty();
        }
    }
}
