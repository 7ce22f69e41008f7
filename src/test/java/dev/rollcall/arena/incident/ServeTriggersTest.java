package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.ServingEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The nightly restart was a line of cron that told nobody what came of it. */
@Tag("arena")
class ServeTriggersTest {
    private Arena arena;
    private Before before;

    @BeforeEach
    void open() throws Exception {
        arena = Arena.of(Program.celery("q")).open();
        before = Before.of(arena);
    }

    @AfterEach
    void close() throws Exception {
        arena.close();
    }

    @Test
    void aTimerWithATokenRestartsOnceHoweverOftenItFires() throws Exception {
        String timer = "timer: [{name: often, cron: '0/2 * * * * ?', zone: UTC, token: release-1}]";
        try (ServingEngine engine = ServingEngine.start(arena, timer)) {
            JsonNode first = awaitRun(engine, "succeeded");
            JsonNode later = awaitRun(engine, "nothing_to_do");

            before.assertReplaced(result(engine, first, "timer:often"));
            Result second = result(engine, later, "timer:often");
            assertThat(second.changed()).isFalse();
            assertThat(engine.log())
                    .as("the timer tells which run it asked for")
                    .contains("is run " + first.get("run_id").asText());
            assertThat(shutdowns()).isOne();
        }
    }

    @Test
    void aFileThatIsRenamedIntoTheInboxFindsItsResultBesideIt() throws Exception {
        Path root = arena.folder().root();
        Path inbox = Files.createDirectory(root.resolve("inbox"));
        try (ServingEngine engine = ServingEngine.start(arena, "file: {inbox: " + inbox + "}")) {
            Path written = Files.writeString(root.resolve("deploy.json"), "{\"kill_grace\": \"1s\"}");
            Files.move(written, inbox.resolve("deploy.json"), StandardCopyOption.ATOMIC_MOVE);
            Path done = awaitMoved(inbox);

            String name = done.getFileName().toString();
            Result beside = new Result(new ObjectMapper()
                    .readTree(done.resolveSibling(name + ".result.json").toFile()));
            assertThat(name).isEqualTo("deploy.json." + beside.text("run_id"));
            before.assertReplaced(beside);
            JsonNode run = engine.get("/runs/" + beside.text("run_id"));
            assertThat(result(engine, run, "file:deploy.json").json()).isEqualTo(beside.json());
            assertThat(shutdowns()).isOne();
        }
    }

    @Test
    void whoeverAsksOverHttpIsToldTheRunAndFindsItsResultThere() throws Exception {
        try (ServingEngine engine = ServingEngine.start(arena)) {
            JsonNode accepted = engine.post("release-1", "{\"target\": \"default\"}");
            JsonNode repeated = engine.post("release-1", "{\"target\": \"default\"}");

            assertThat(repeated.get("run_id")).isEqualTo(accepted.get("run_id"));
            assertThat(repeated.get("repeated").asBoolean()).isTrue();
            assertThat(accepted.get("status_url").asText())
                    .isEqualTo("/api/v1/runs/" + accepted.get("run_id").asText());
            before.assertReplaced(result(engine, accepted, "http"));
            assertThat(shutdowns()).isOne();
        }
    }

    /** By the run's own address; its journal names the same trigger. */
    private static Result result(ServingEngine engine, JsonNode run, String trigger) throws Exception {
        Result result = engine.awaitResult(run.get("run_id").asText());
        assertThat(result.text("requested_by")).isEqualTo(trigger);
        List<String> journal = Files.readAllLines(Path.of(result.text("journal")));
        assertThat(journal.get(0)).contains("\"requested\"", "\"requested_by\":\"" + trigger + "\"");
        return result;
    }

    private static JsonNode awaitRun(ServingEngine engine, String outcome) {
        return await(outcome)
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> StreamSupport.stream(
                                        engine.get("/runs?limit=500")
                                                .get("runs")
                                                .spliterator(),
                                        false)
                                .filter(r -> r.get("outcome").asText().equals(outcome))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Path awaitMoved(Path inbox) {
        return await("the request is put away")
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> {
                            try (Stream<Path> files = Files.list(inbox.resolve("done"))) {
                                return files.filter(f -> !f.toString().endsWith(".result.json"))
                                        .filter(f -> !f.getFileName().toString().startsWith("."))
                                        .findFirst();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private long shutdowns() throws Exception {
        return arena.folder()
                .journals()
                .lines()
                .filter(l -> l.contains("\"shutdown_begun\""))
                .count();
    }
}
