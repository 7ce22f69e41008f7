package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.ServingEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine was killed for want of memory: one restart was half done, another had been promised. */
@Tag("arena")
class ServeCrashTest {
    private static final String RELEASE_1 = "{\"inspect_timeout\": \"20s\"}";
    private static final String RELEASE_2 = "{\"kill_grace\": \"1s\"}";

    @Test
    void theNextEngineFinishesTheRunAndCarriesOutWhatWasAcceptedEachOnce() throws Exception {
        try (Arena arena = Arena.of(slowToStop()).open()) {
            String task = arena.begin("nap", 3600);
            Before before = Before.of(arena);
            String underWay;
            String waiting;
            try (ServingEngine engine = ServingEngine.start(arena)) {
                underWay = runId(engine.post("release-1", RELEASE_1));
                arena.folder().awaitEvent("shutdown_begun");
                waiting = runId(engine.post("release-2", RELEASE_2));
                engine.kill();
            }
            assertThat(waiting).isNotEqualTo(underWay);
            assertThat(Files.readString(journal(arena, underWay))).doesNotContain("\"type\":\"ended\"");
            assertThat(journal(arena, waiting)).doesNotExist();

            try (ServingEngine next = ServingEngine.start(arena)) {
                assertThat(runId(next.post("release-1", RELEASE_1))).isEqualTo(underWay);
                assertThat(runId(next.post("release-2", RELEASE_2))).isEqualTo(waiting);
                Result finished = next.awaitResult(underWay);
                Result carriedOut = next.awaitResult(waiting);

                assertUp(finished);
                assertThat(finished.interrupted()).containsOnlyKeys(task);
                assertUp(carriedOut);
                before.assertReplaced();
                assertThat(before.celery()).noneMatch(Proc::isAlive);
                assertOnce(arena, List.of(underWay, waiting));
            }
        }
    }

    /** It waits for its task as long as it is let, so the run is past its shutdown for seconds. */
    private static Program slowToStop() {
        return Program.celery("q").set("stopsignal", "TERM").set("stopwaitsecs", "8");
    }

    private static void assertUp(Result result) {
        assertThat(result.text("outcome")).as("%s", result.json()).isEqualTo("succeeded");
        assertThat(result.text("service")).isEqualTo("up");
        assertThat(result.survivors()).isZero();
        assertThat(result.text("requested_by")).isEqualTo("http");
    }

    /** No other run, and each has ended once; the second has shut the service down once. */
    private static void assertOnce(Arena arena, List<String> runs) throws Exception {
        try (Stream<Path> journals = Files.list(arena.folder().state().resolve("runs"))) {
            assertThat(journals.map(j -> j.getFileName().toString().replace(".jsonl", "")))
                    .containsExactlyInAnyOrderElementsOf(runs);
        }
        for (String run : runs) {
            assertThat(events(arena, run, "ended")).as(run).isOne();
        }
        assertThat(events(arena, runs.get(1), "shutdown_begun")).isOne();
    }

    private static long events(Arena arena, String run, String type) throws Exception {
        try (Stream<String> lines = Files.lines(journal(arena, run))) {
            return lines.filter(l -> l.contains("\"type\":\"" + type + "\"")).count();
        }
    }

    private static Path journal(Arena arena, String run) {
        return arena.folder().state().resolve("runs").resolve(run + ".jsonl");
    }

    private static String runId(JsonNode answer) {
        return answer.get("run_id").asText();
    }
}
