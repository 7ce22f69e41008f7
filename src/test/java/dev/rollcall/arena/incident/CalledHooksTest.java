package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.ServingEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody has to take the host out of the load balancer first, and nobody told the chat that it was back. */
@Tag("arena")
class CalledHooksTest {
    private static final String OBJECTS =
            """
            - route:
                id: objects
                from:
                  uri: direct:before-shutdown
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: "not now"
            """;

    private Arena arena;
    private Path routes;
    private Path told;
    private Path config;

    @BeforeEach
    void open() throws Exception {
        arena = Arena.of(Program.celery("q")).open();
        Path root = arena.folder().root();
        routes = Files.createDirectory(root.resolve("routes"));
        told = root.resolve("log").resolve("restarts.txt");
        config = Files.writeString(root.resolve("rollcall.yaml"), "routes_dir: " + routes + "\n");
    }

    @AfterEach
    void close() throws Exception {
        arena.close();
    }

    @Test
    void anObjectionBeforeTheShutdownLeavesEveryProcessAlone() throws Exception {
        Path file = Files.writeString(routes.resolve("objects.camel.yaml"), OBJECTS);
        Untouched untouched = Untouched.since(arena);
        Run run = restart();
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
        assertThat(run.result().text("error/code")).isEqualTo("HOOK_FAILED");
        assertThat(run.result().text("error/message")).contains(file + ":1", "not now");
        assertThat(arena.identities()).isEqualTo(untouched.identities());
        assertThat(arena.folder().journals()).doesNotContain("\"shutdown_begun\"");
    }

    @Test
    void theExampleOfTheManualWritesDownWhatACommandHasDone() throws Exception {
        Files.writeString(routes.resolve("tell.camel.yaml"), example("direct:after-restart"));
        Before before = Before.of(arena);
        Run run = restart();
        before.assertReplaced(run.result());
        String first = run.result().text("run_id") + " succeeded up";
        assertThat(Files.readAllLines(told)).containsExactly(first);
        String second = restart().result().text("run_id") + " succeeded up";
        assertThat(Files.readAllLines(told)).containsExactly(first, second);
    }

    @Test
    void aServiceThatIsDownIsTold() throws Exception {
        Files.writeString(routes.resolve("tell.camel.yaml"), example("direct:on-failure"));
        Files.writeString(
                config,
                Files.readString(config) + "targets: {default: {conf: "
                        + arena.folder().conf() + ", start: [/bin/false]}}\n");
        Run run = restart();
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(6);
        assertThat(Files.readAllLines(told)).containsExactly(run.result().text("run_id") + " failed down");
    }

    @Test
    void theEngineCallsThemToo() throws Exception {
        Files.writeString(routes.resolve("tell.camel.yaml"), example("direct:after-restart"));
        try (ServingEngine engine =
                ServingEngine.start(arena, "file: {inbox: " + inbox() + "}\nroutes_dir: " + routes)) {
            String id = engine.post("one", "{}").get("run_id").asText();
            assertThat(engine.awaitResult(id).text("outcome")).isEqualTo("succeeded");
            assertThat(Files.readAllLines(told)).containsExactly(id + " succeeded up");
        }
    }

    @Test
    void theEnginesRunIsRefusedByAnObjection() throws Exception {
        Files.writeString(routes.resolve("objects.camel.yaml"), OBJECTS);
        try (ServingEngine engine =
                ServingEngine.start(arena, "file: {inbox: " + inbox() + "}\nroutes_dir: " + routes)) {
            List<Long> before = Before.of(arena).mainPids();
            Result result =
                    engine.awaitResult(engine.post("one", "{}").get("run_id").asText());
            assertThat(result.text("error/code")).isEqualTo("HOOK_FAILED");
            assertThat(Before.of(arena).mainPids()).isEqualTo(before);
        }
    }

    @Test
    void aBrokenRouteStopsACommandWithFileAndLine() throws Exception {
        Path file = Files.writeString(
                routes.resolve("tell.camel.yaml"),
                example("direct:after-restart").replace("file:", "slack:"));
        Untouched untouched = Untouched.since(arena);
        Run run = restart();
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains(file + ":1", "slack").doesNotContain("\tat ");
        Run check = arena.rollcall().run("check", "--config", config.toString());
        assertThat(check.exitCode()).as(check.toString()).isEqualTo(2);
        assertThat(check.out()).contains("ROUTES_UNUSABLE", file + ":1");
        untouched.assertStillButForTheRecord();
    }

    private Run restart() throws Exception {
        return arena.rollcall().run("restart", "--config", config.toString());
    }

    private Path inbox() throws IOException {
        return Files.createDirectory(arena.folder().root().resolve("inbox"));
    }

    /** As it stands in docs/routes.md, but for the folder. */
    private String example(String hook) throws IOException {
        String page = Files.readString(Path.of("docs/routes.md"));
        String yaml =
                page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n", page.indexOf("```yaml\n") + 8));
        return yaml.replace("/var/log/rollcall", told.getParent().toString()).replace("direct:after-restart", hook);
    }
}
