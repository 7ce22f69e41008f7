package dev.rollcall.supervisor;

import static dev.rollcall.supervisor.RealSupervisord.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Supervisor.Reach;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the installed supervisord takes to go, and what can be seen of it meanwhile. */
@Tag("integration")
class StopTimesTest {
    private static final String DEAF =
            """
            [program:%1$s]
            command=/bin/sh -c "trap : TERM; echo ready > %1$s; while :; do sleep 0.1; done"
            directory=%%(here)s
            stopwaitsecs=2
            startsecs=0
            """;

    /** It ends only when it may, long after everything of its own is done: by itself it outlives its socket by a moment that one can miss. */
    private static final String LINGER =
            """
            import atexit, os, time
            def linger():
                while os.path.exists("%s"):
                    time.sleep(0.05)
            atexit.register(linger)
            """;

    @TempDir
    Path folder;

    private final XmlRpcSupervisor supervisor = new XmlRpcSupervisor(PATIENCE);

    @Test
    void the_budget_is_the_sum_over_groups_and_supervisord_outlives_its_socket() throws Exception {
        List<String> names = List.of("one", "two", "three");
        Path stay = Files.createFile(folder.toRealPath().resolve("stay"));
        Files.writeString(folder.resolve("sitecustomize.py"), LINGER.formatted(stay));
        String programs = String.join("", names.stream().map(DEAF::formatted).toList());
        try (RealSupervisord supervisord = RealSupervisord.start(folder.toRealPath(), programs)) {
            await().atMost(PATIENCE).until(() -> names.stream().allMatch(n -> Files.exists(folder.resolve(n))));
            ServerAddress server = supervisord.unix();
            List<Program> running = supervisor.programs(server, supervisord.conf());
            long began = System.nanoTime();
            supervisor.shutdown(server);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> supervisor.contact(server).reach() == Reach.ABSENT);
            assertThat(supervisord.alive()).as("it outlives its socket").isTrue();
            Files.delete(stay);
            await().atMost(PATIENCE).until(() -> !supervisord.alive());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(took).isBetween(Duration.ofSeconds(6), StopBudget.of(running));
            assertThat(StopBudget.of(running))
                    .isGreaterThan(StopBudget.of(running.subList(0, 1)).plusSeconds(6));
        }
    }
}
