package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** A node of another host on the arena's broker, whose pids happen to be those of processes here. */
public final class Stranger implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String node;
    private final Map<String, Object> answers;
    private final int port;
    private final Thread thread = new Thread(this::listen, "stranger");
    private final JedisPubSub subscription = new JedisPubSub() {
        @Override
        public void onMessage(String channel, String message) {
            answer(message);
        }
    };

    /** @param task the id of a task that it says its pool process runs */
    public Stranger(Arena arena, String node, long pid, long poolPid, String task) {
        this.node = node;
        port = arena.redis().port();
        Map<String, Object> running = Map.of("id", task, "name", "tasks.strange", "worker_pid", poolPid);
        answers = Map.of(
                "stats", Map.of("pid", pid, "pool", Map.of("processes", List.of(poolPid))), "active", List.of(running));
        thread.setDaemon(true);
        thread.start();
        await(node + " listens").atMost(Arena.PATIENCE).until(subscription::isSubscribed);
    }

    private void listen() {
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            redis.subscribe(subscription, "/0.celery.pidbox");
        }
    }

    private void answer(String message) {
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            JsonNode question = JSON.readTree(Base64.getDecoder()
                    .decode(JSON.readTree(message).get("body").asText()));
            String body = JSON.writeValueAsString(
                    Map.of(node, answers.get(question.get("method").asText())));
            String reply = JSON.writeValueAsString(Map.of(
                    "body", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)),
                    "content-type", "application/json",
                    "content-encoding", "utf-8",
                    "headers", Map.of("ticket", question.get("ticket").asText(), "clock", 1),
                    "properties", Map.of("body_encoding", "base64")));
            redis.lpush(question.at("/reply_to/routing_key").asText() + ".reply.celery.pidbox", reply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        subscription.unsubscribe();
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
