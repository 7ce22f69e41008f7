package dev.rollcall.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.HeldPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code rollcall serve} on an arena: its process, and what a client over HTTP sees of it. */
public record ServingEngine(Running running, int port) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Set<String> NOT_OVER = Set.of("running", "interrupted");

    /** Takes requests over HTTP, and by what else of {@code triggers} stands in these lines. */
    public static ServingEngine start(Arena arena, String... triggers) throws IOException {
        try (HeldPort port = new HeldPort()) {
            return start(arena, port.number(), triggers);
        }
    }

    private static ServingEngine start(Arena arena, int port, String... triggers) throws IOException {
        String more = triggers.length == 0 ? "" : "  " + String.join("\n  ", triggers) + "\n";
        String http = "triggers:\n  http: {port: " + port + "}\n" + more;
        ServingEngine engine = new ServingEngine(begin(arena, http), port);
        await("the engine is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> engine.log().contains("ready: ") || engine.hasEnded());
        assertThat(engine.hasEnded()).as(engine.log()).isFalse();
        return engine;
    }

    /** One that may never become ready. @param configuration beside its targets */
    public static Running begin(Arena arena, String configuration) throws IOException {
        Path log = arena.folder().root().resolve("log");
        Path config = Files.createTempFile(log, "engine", ".yaml");
        Files.writeString(
                config, "targets:\n  default: {conf: " + arena.folder().conf() + "}\n" + configuration);
        return arena.rollcall()
                .interruptible()
                .exactly(List.of(
                        Launcher.path().toString(),
                        "serve",
                        "--config",
                        config.toString(),
                        "--state-dir",
                        arena.folder().state().toString()));
    }

    public String log() throws IOException {
        return Files.readString(running.err());
    }

    private boolean hasEnded() {
        return !running.process().isAlive();
    }

    /** Asks for a restart. @return the answer of 202 */
    public JsonNode post(String key, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/runs")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return answer(202, request);
    }

    /** What there is at this address below {@code /api/v1}. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return answer(200, request(path));
    }

    /** Waits until the run is over. */
    public Result awaitResult(String runId) throws IOException {
        JsonNode document = await("run " + runId + " is over")
                .atMost(PATIENCE)
                .until(
                        () -> get("/runs/" + runId),
                        d -> !NOT_OVER.contains(d.path("outcome").asText()));
        Schemas.checkResult(document);
        Result result = new Result(document);
        Schemas.checkJournal(result.text("journal"));
        return result;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(PATIENCE);
    }

    private static JsonNode answer(int status, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    /** As a crash or the kernel does. */
    public void kill() throws InterruptedException {
        running.process().destroyForcibly().waitFor();
    }

    /** As systemd does. @return what came of it when it has ended */
    public Run stop() throws IOException, InterruptedException {
        running.signal("TERM");
        return running.await();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
