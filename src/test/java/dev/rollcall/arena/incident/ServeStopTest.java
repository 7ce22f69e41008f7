package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.ServingEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The engine was stopped for an update at the worst moment, started twice, and given a route with a typing error. */
@Tag("arena")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeStopTest {
    private Arena arena;

    @BeforeAll
    void open() throws Exception {
        arena = Arena.of(Program.celery("q").set("stopsignal", "TERM").set("stopwaitsecs", "4"))
                .open();
    }

    @AfterAll
    void close() throws Exception {
        arena.close();
    }

    @Test
    void aRunThatIsPastItsShutdownIsFinishedBeforeTheEngineEnds() throws Exception {
        arena.begin("nap", 3600);
        Before before = Before.of(arena);
        try (ServingEngine engine = ServingEngine.start(arena)) {
            String run = engine.post("release-1", "{}").get("run_id").asText();
            arena.folder().awaitEvent("shutdown_begun");

            Run end = engine.stop();

            assertThat(end.exitCode()).as(end.toString()).isZero();
            assertThat(end.err()).contains("past its shutdown step is finished first");
            Run shown = arena.rollcall().withoutConf().run("runs", run);
            before.assertReplaced(shown.result());
        }
    }

    @Test
    void aSecondEngineOnTheSameStateFolderIsRefused() throws Exception {
        try (ServingEngine engine = ServingEngine.start(arena)) {
            Run second = ServingEngine.begin(arena, "").await();

            assertThat(second.exitCode()).as(second.toString()).isEqualTo(3);
            assertThat(second.err())
                    .contains("pid " + engine.running().process().pid())
                    .contains(arena.folder().state().toString());
            assertThat(engine.get("/runs").has("runs")).as("the first goes on").isTrue();
        }
    }

    @Test
    void aRouteOfTheUsersThatIsBrokenStopsTheStartWithFileAndLine() throws Exception {
        Path routes = Files.createDirectory(arena.folder().root().resolve("routes"));
        Path broken = Files.writeString(
                routes.resolve("hooks.camel.yaml"),
                """
                - route:
                    id: tell
                    from:
                      uri: direct:after-restart
                      steps:
                        - lgo: "restarted"
                """);
        Untouched untouched = Untouched.since(arena);

        Run run = ServingEngine.begin(arena, "routes_dir: " + routes + "\n").await();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains(broken + ":6", "lgo").doesNotContain("\tat ");
        untouched.assertStillButForTheRecord();
    }
}
