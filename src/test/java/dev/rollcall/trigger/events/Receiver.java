package dev.rollcall.trigger.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver that checks what Event-Driven Ansible's webhook source checks: any path, POST, a JSON body, and if it has a secret, that the header
 * {@code x-hub-signature-256} is there and is, with or without {@code sha256=} before it, the HMAC in hex of the body as text in UTF-8.
 */
final class Receiver implements AutoCloseable {
    /** What the source puts into its queue. */
    record Delivery(JsonNode payload, Map<String, List<String>> headers) {
        String name() {
            return payload.path("run_id").asText() + ":" + payload.path("seq").asLong();
        }
    }

    /** @param retryAfter header, or empty */
    record Reply(int status, String retryAfter) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Optional<String> secret;
    final List<Delivery> queue = new CopyOnWriteArrayList<>();
    /** Everything that came, with what was said to it. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Function<Delivery, Reply> reply = delivery -> new Reply(200, "");

    Receiver(Optional<String> secret) throws IOException {
        this(secret, 0);
    }

    Receiver(Optional<String> secret, int port) throws IOException {
        this.secret = secret;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/endpoint");
    }

    List<String> names() {
        return queue.stream().map(Delivery::name).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply answer = judge(exchange);
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            if (answer.status() / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    private Reply judge(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Reply(405, "");
        }
        if (secret.isPresent()) {
            String header = exchange.getRequestHeaders().getFirst("x-hub-signature-256");
            if (header == null) {
                return new Reply(400, "");
            }
            String digest = header.strip().replaceFirst("^sha256=", "");
            if (!MessageDigest.isEqual(digest.getBytes(StandardCharsets.UTF_8), hmac(text))) {
                return new Reply(401, "");
            }
        }
        try {
            Delivery delivery =
                    new Delivery(new ObjectMapper().readTree(text), Map.copyOf(exchange.getRequestHeaders()));
            Reply answer = reply.apply(delivery);
            asked.add(exchange.getRequestURI().getPath() + " " + delivery.name() + " " + answer.status());
            if (answer.status() / 100 == 2) {
                queue.add(delivery);
            }
            return answer;
        } catch (JsonProcessingException e) {
            return new Reply(400, "");
        }
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.orElseThrow().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
