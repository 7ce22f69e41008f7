package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.config.Triggers;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** The real routes and server on a port of their own, before an engine that is not real. */
final class Served implements AutoCloseable {
    static final String TOKEN = "correct-horse-battery-staple";

    final FakeIntake intake = new FakeIntake();
    final FakeRuns runs = new FakeRuns();
    volatile Health health = new Health(true, Map.of("state_dir", "up"));
    final HttpTrigger trigger;
    final DefaultCamelContext context = new DefaultCamelContext(false);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Served(Triggers.Http http, Limits limits) throws Exception {
        trigger = new HttpTrigger(http, limits, intake, runs, () -> "rollcall_up 1\n", () -> health);
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.setMessageHistory(false);
        context.build();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:routes/triggers.camel.yaml"));
    }

    static Served open() throws Exception {
        return open(Optional.empty(), Limits.USUAL);
    }

    static Served open(Optional<Path> token, Limits limits) throws Exception {
        return new Served(http(token), limits).start();
    }

    static Triggers.Http http(Optional<Path> token) {
        return new Triggers.Http("127.0.0.1", 0, token, Optional.empty(), Optional.empty());
    }

    Served start() throws Exception {
        try {
            trigger.join(context);
            context.start();
        } catch (Exception e) {
            close();
            throw e;
        }
        return this;
    }

    int port() {
        return trigger.port();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/v1/runs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Text as it is, on a connection of its own. */
    Socket raw(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    /** Sends and reads until the server closes. */
    String exchange(String text) throws IOException {
        try (Socket socket = raw(text)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.MAPPER.readTree(response.body());
    }

    /** A problem as it must be: its form, its code, and one sentence. */
    static void problem(HttpResponse<String> response, int status, String code) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).startsWith("tried to ").doesNotContain("Exception", "\tat ");
    }

    @Override
    public void close() {
        trigger.close();
        context.stop();
    }
}
