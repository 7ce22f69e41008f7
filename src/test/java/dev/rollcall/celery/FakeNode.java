package dev.rollcall.celery;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;

/** Listens as a node does and answers as a test wishes. */
final class FakeNode implements AutoCloseable {
    private final RedisServer server;
    private final Consumer<Question> behaviour;
    private final Thread thread = new Thread(this::listen, "fake-node");
    private final JedisPubSub subscription = new JedisPubSub() {
        @Override
        public void onPMessage(String pattern, String channel, String message) {
            answer(message);
        }
    };

    FakeNode(RedisServer server, Consumer<Question> behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(subscription::isSubscribed);
    }

    /** A question as it came over the wire. */
    record Question(RedisServer server, String method, String ticket, String oid) {
        void reply(String node, String json) {
            push(ticket, "application/json", "{\"" + node + "\":" + json + "}");
        }

        void push(String asTicket, String type, String body) {
            ObjectNode envelope = Json.MAPPER.createObjectNode();
            envelope.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
            envelope.put("content-type", type).put("content-encoding", "utf-8");
            envelope.set("headers", Json.MAPPER.valueToTree(Map.of("ticket", asTicket, "clock", 3)));
            envelope.set("properties", Json.MAPPER.valueToTree(Map.of("body_encoding", "base64")));
            raw(envelope.toString());
        }

        void raw(String message) {
            server.with(jedis -> jedis.lpush(oid + ".reply.celery.pidbox", message));
        }

        boolean stats() {
            return method.equals("stats");
        }
    }

    /** Answers both questions properly. */
    static Consumer<Question> honest(String node, long pid) {
        return q ->
                q.reply(node, q.stats() ? "{\"pid\":" + pid + ",\"pool\":{\"processes\":[" + (pid + 1) + "]}}" : "[]");
    }

    private void listen() {
        server.with(jedis -> {
            jedis.psubscribe(subscription, "/*.celery.pidbox");
            return "";
        });
    }

    private void answer(String message) {
        try {
            JsonNode envelope = Json.MAPPER.readTree(message);
            JsonNode body = Json.MAPPER.readTree(
                    Base64.getDecoder().decode(envelope.path("body").asText()));
            behaviour.accept(new Question(
                    server,
                    body.path("method").asText(),
                    body.path("ticket").asText(),
                    body.path("reply_to").path("routing_key").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        subscription.punsubscribe();
        thread.join(20_000);
    }
}
