package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Celery tells a greenlet's number as the pid of a task: above every pid, or, cut to fewer bits, that of somebody else. */
@Tag("arena")
class GreenletPoolsTest {
    private static final Path LIBRARIES = Path.of("/usr/lib/python3/dist-packages");

    @Test
    void tasksInGreenletsAreNamedAndNoProcesses() throws Exception {
        assumeTrue(
                Files.isDirectory(LIBRARIES.resolve("gevent")) && Files.isDirectory(LIBRARIES.resolve("eventlet")),
                "python3-gevent and python3-eventlet are not installed; bin/verify does it");
        try (Arena arena = Arena.of(
                        Program.celery("g", "-n g@%%h --without-mingle --without-gossip --pool=gevent -Q g")
                                .set("stopwaitsecs", "3"),
                        Program.wrapped("e", "--pool=eventlet -Q e"))
                .open()) {
            Before before = Before.of(arena);
            String lost = arena.beginOn("g", "nap", 600);
            String redelivered = arena.beginOn("g", "nap_late", 600);
            String left = arena.beginOn("e", "nap", 600);

            Result result = arena.rollcall().patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.nodes())
                    .hasSize(2)
                    .allSatisfy(n -> assertThat(n.get("processes")).isEmpty())
                    .allSatisfy(n -> assertThat(n.get("answered").asBoolean()).isTrue());
            assertThat(result.killedKinds())
                    .as("supervisord leaves the node behind a shell, and that is one process")
                    .containsExactly("main");
            assertThat(result.interrupted())
                    .containsEntry(lost, "lost")
                    .containsEntry(redelivered, "redelivered")
                    .containsEntry(left, "lost");
        }
    }
}
