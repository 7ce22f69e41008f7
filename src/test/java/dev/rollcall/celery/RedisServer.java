package dev.rollcall.celery;

import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real redis-server on a free port, for one test class. */
final class RedisServer implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    final int port;
    private final HeldPort held = new HeldPort();
    private final Path directory;
    private final List<String> options;
    private final @Nullable String password;
    private Process process;

    RedisServer(Path directory, @Nullable String password, String... more) throws IOException {
        this.directory = directory;
        this.password = password;
        port = held.number();
        options = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                directory.toString()));
        options.addAll(List.of(more));
        if (password != null) {
            options.addAll(List.of("--requirepass", password));
        }
        process = start();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(options)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(() -> with(Jedis::ping).equals("PONG"));
        return started;
    }

    String url(int db) {
        return "redis://" + (password == null ? "" : ":" + password + "@") + "127.0.0.1:" + port + "/" + db;
    }

    <T> T with(Function<Jedis, T> work) {
        try (Jedis jedis = new Jedis("127.0.0.1", port, PATIENCE_MS)) {
            if (password != null) {
                jedis.auth(password);
            }
            return work.apply(jedis);
        }
    }

    List<String> keys(int db) {
        return with(jedis -> {
            jedis.select(db);
            return jedis.keys("*").stream()
                    .filter(k -> k.contains("reply") && k.contains("pidbox"))
                    .toList();
        });
    }

    /** A worker says that it is ready before it listens. */
    void awaitListeners(long count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> with(Jedis::clientList)
                                .lines()
                                .filter(client -> !client.contains(" psub=0 "))
                                .count()
                        >= count);
    }

    void signal(String name) {
        try {
            new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void restart() throws Exception {
        stop();
        process = start();
    }

    private void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        stop();
        held.close();
    }
}
