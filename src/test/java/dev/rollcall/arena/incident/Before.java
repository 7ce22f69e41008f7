package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.io.IOException;
import java.util.List;

/** What was there before a restart, and what must be true of it afterwards. */
record Before(Arena arena, List<Proc> celery, List<Workers.Node> nodes) {

    static Before of(Arena arena) throws IOException {
        return of(arena, arena.expectedNodes());
    }

    /** Once so many nodes answer. */
    static Before of(Arena arena, int nodes) throws IOException {
        List<Workers.Node> answered = arena.awaitNodes(nodes);
        return new Before(arena, arena.celery(), answered);
    }

    /** Pure Python daemons and nested workers look like Celery, and are not of these nodes. */
    Before without(List<Proc> bystanders) {
        List<Long> spared = bystanders.stream().map(Proc::pid).toList();
        return new Before(
                arena,
                celery.stream().filter(p -> !spared.contains(p.pid())).toList(),
                nodes.stream().filter(n -> !spared.contains(n.pid())).toList());
    }

    List<Long> mainPids() {
        return nodes.stream().map(Workers.Node::pid).toList();
    }

    List<Long> poolPids() {
        return nodes.stream().flatMap(n -> n.pool().stream()).toList();
    }

    /** Contract, promises 1 and 4: no old worker, the service up, every node once and new. */
    List<Workers.Node> assertReplaced(Result result) throws IOException {
        assertThat(result.text("error/message")).isEmpty();
        assertThat(result.text("outcome")).isEqualTo("succeeded");
        assertThat(result.json().get("exit_code").asInt())
                .as("%s", result.findings())
                .isZero();
        assertThat(result.text("service")).isEqualTo("up");
        assertThat(result.survivors()).isZero();
        return assertReplaced();
    }

    List<Workers.Node> assertReplaced() throws IOException {
        assertThat(nodes).as("nodes before").isNotEmpty();
        assertThat(celery).as("old Celery processes").noneMatch(Proc::isAlive);
        List<Workers.Node> now = arena.awaitNodes();
        assertThat(now).as("each node once").hasSize(arena.expectedNodes());
        assertThat(now).extracting(Workers.Node::pid).doesNotContainAnyElementsOf(mainPids());
        return now;
    }
}
