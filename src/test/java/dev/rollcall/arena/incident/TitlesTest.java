package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With setproctitle a worker's command line is {@code [celeryd: ...]}, its pool's another, and its environment cannot be read. */
@Tag("arena")
class TitlesTest {
    /** bin/verify puts it there; installed for good it would change every other scenario. */
    private static final Path LIBRARY = Path.of("target/setproctitle/usr/lib/python3/dist-packages");

    /** The log is in the title, and by it the arena knows what it may end. */
    private static final String CELERY = "/usr/bin/python3 -m celery -A tasks worker -n %s@%%%%h --concurrency=2"
            + " --without-mingle --without-gossip --logfile=@APP@/%s.log";

    @Test
    void workersWithTitlesAreReplacedBehindAShellToo() throws Exception {
        assumeTrue(Files.isDirectory(LIBRARY), "python3-setproctitle is not unpacked in target/; bin/verify does it");
        try (Arena arena = Arena.of(
                        titled(Program.celery("q").set("command", CELERY.formatted("q", "q"))),
                        titled(Program.wrapped("w")
                                .set("command", "sh -c \"" + CELERY.formatted("w", "w") + "; true\"")))
                .open()) {
            List<Workers.Node> nodes = arena.awaitNodes();
            List<Proc> before = await("the last of them has its title")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> processes(nodes), all -> all.stream().allMatch(TitlesTest::hasTitle));
            assertThat(before).hasSize(6);

            Result result = arena.rollcall().run("restart").result();

            assertThat(result.json().get("exit_code").asInt())
                    .as("%s", result.json())
                    .isZero();
            assertThat(before).noneMatch(Proc::isAlive);
            assertThat(result.nodes())
                    .hasSize(2)
                    .allMatch(n -> n.get("processes").size() == 2);
            assertThat(arena.awaitNodes())
                    .extracting(Workers.Node::pid)
                    .doesNotContainAnyElementsOf(before.stream().map(Proc::pid).toList());
        }
    }

    private static List<Proc> processes(List<Workers.Node> nodes) {
        return nodes.stream()
                .flatMap(n -> Stream.concat(Stream.of(n.pid()), n.pool().stream()))
                .map(pid -> Proc.read(pid).orElseThrow())
                .toList();
    }

    private static boolean hasTitle(Proc process) {
        return process.command().get(0).startsWith("[celeryd: ");
    }

    private static Program titled(Program program) {
        return program.set("environment", "PYTHONPATH=\"" + LIBRARY.toAbsolutePath() + "\"");
    }
}
