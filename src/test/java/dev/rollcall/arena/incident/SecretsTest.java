package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.CommandLineWatch;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A broker password stood in a log that everybody could read. */
@Tag("arena")
class SecretsTest {
    private static final String BROKER = "b-ro-k3r-pa55";
    private static final String SERVER = "s-erv3r-pa55";
    private static final String ARGUMENT = "c4rd-number-4711";

    @Test
    void passwordsAndTaskArgumentsAreUsedButNeverShownOrKept() throws Exception {
        try (Arena arena = arena()) {
            Before before = Before.of(arena);
            arena.begin("nap", 600, ARGUMENT);

            Run run;
            try (CommandLineWatch watch = new CommandLineWatch(BROKER, SERVER, ARGUMENT)) {
                run = arena.rollcall().patient().run("restart", "-v");
                assertThat(watch.seen()).as("command lines of the machine").isEmpty();
            }

            Result result = run.result();
            before.assertReplaced(result);
            assertThat(result.text("roll/remote_control")).isEqualTo("redis");
            assertThat(result.interrupted()).hasSize(1);
            assertThat(run.out() + run.err()).doesNotContain(BROKER, SERVER, ARGUMENT);
            assertNotIn(arena.folder().state());
        }
    }

    private static Arena arena() throws Exception {
        return Arena.of(Program.celery("q"))
                .brokerPassword(BROKER)
                .tcpServer(SERVER)
                .open();
    }

    private static void assertNotIn(Path state) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(state)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain(BROKER, SERVER, ARGUMENT);
        }
    }
}
