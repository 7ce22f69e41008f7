package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Speaks to the workers through Celery's own client, in one Python process an arena. */
public final class Workers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    /** A node as it answers itself. */
    public record Node(String name, long pid, List<Long> pool) {}

    private Workers(Process process) {
        this.process = process;
        requests = process.outputWriter(UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static Workers of(Path app, String marker) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/python3", "client.py").directory(app.toFile());
        builder.environment().put(Arena.MARKER, marker);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        File log = app.resolve("client.log").toFile();
        return new Workers(builder.redirectError(log).start());
    }

    String send(String queue, String task, Object... arguments) throws IOException {
        return ask(Map.of("do", "send", "queue", queue, "name", "tasks." + task, "args", arguments))
                .get("id")
                .asText();
    }

    /** Every answer, twins of one name included; returns when so many are there or the time is over. */
    List<Node> stats(int expected, double timeoutSeconds) throws IOException {
        JsonNode nodes = ask(Map.of("do", "stats", "expect", expected, "timeout", timeoutSeconds))
                .get("nodes");
        return stream(nodes).map(Workers::node).toList();
    }

    private static Node node(JsonNode json) {
        List<Long> pool = stream(json.get("pool")).map(JsonNode::asLong).toList();
        return new Node(json.get("name").asText(), json.get("pid").asLong(), pool);
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private synchronized JsonNode ask(Map<String, ?> request) throws IOException {
        requests.write(JSON.writeValueAsString(request) + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("tried to ask the workers " + request.get("do") + " but the client has ended");
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
