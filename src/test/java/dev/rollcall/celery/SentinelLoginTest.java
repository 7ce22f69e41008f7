package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import dev.rollcall.core.Finding;
import dev.rollcall.port.Celery.Line;
import dev.rollcall.port.Celery.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real sentinel that wants a password, as its master does, and workers that have both. */
@Tag("integration")
class SentinelLoginTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OF_MASTER = "s3cret-of-master";
    private static final String OF_SENTINEL = "s3cret-of-sentinel";

    @TempDir
    static Path directory;

    private static RedisServer master;
    private static HeldPort port;
    private static Process sentinel;
    private final ChildCommands commands = new ChildCommands();

    @BeforeAll
    static void start() throws Exception {
        master = new RedisServer(directory, OF_MASTER);
        port = new HeldPort();
        Path conf = directory.resolve("sentinel.conf");
        Files.writeString(
                conf,
                "port " + port.number() + "\nbind 127.0.0.1\nrequirepass " + OF_SENTINEL
                        + "\nsentinel monitor main 127.0.0.1 " + master.port + " 1\nsentinel auth-pass main "
                        + OF_MASTER
                        + "\n");
        sentinel = new ProcessBuilder("redis-server", conf.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(SentinelLoginTest::isUp);
    }

    private static boolean isUp() {
        try (Jedis jedis = new Jedis("127.0.0.1", port.number())) {
            jedis.auth(OF_SENTINEL);
            return jedis.ping().equals("PONG");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        sentinel.destroyForcibly().waitFor();
        port.close();
        master.close();
    }

    @Test
    void sentinels_get_the_login_that_the_application_gives_them() throws Exception {
        try (CeleryWorker worker = worker("told", "'" + OF_SENTINEL + "'")) {
            Line line = open(worker);
            assertThat(line.means()).isEqualTo("redis");
            assertThat(line.findings()).isEmpty();
            assertThat(line.ask(Set.of(worker.pid()), LIMIT)).hasSize(2);
            line.close();
        }
        assertThat(commands.ran).hasSize(1);
        assertThat(commands.ran.get(0).argv()).noneMatch(word -> word.contains("s3cret"));
    }

    /** Its code does not tell everybody. */
    @Test
    void a_node_whose_sentinels_deny_us_is_asked_through_its_own_celery() throws Exception {
        try (CeleryWorker worker = worker("shy", "'wrong' if sys.argv[0] == '-c' else '" + OF_SENTINEL + "'")) {
            Line line = open(worker);
            assertThat(line.means()).isEqualTo("exec");
            assertThat(line.ask(Set.of(worker.pid()), Duration.ofSeconds(2))).hasSize(2);
            assertThat(line.findings())
                    .extracting(Finding::code)
                    .contains("BROKER_DENIED")
                    .doesNotContain("BROKER_UNREACHABLE");
            assertThat(line.findings().toString()).doesNotContain("s3cret");
            line.close();
        }
    }

    private Line open(CeleryWorker worker) throws IOException {
        master.awaitListeners(1);
        // a first answer that is slow is a finding
        Patience patience = new Patience(Duration.ofMillis(500), LIMIT, Duration.ofMillis(200));
        return new RemoteControl(commands, patience).open(List.of(worker.entry()), Settings.AUTO, LIMIT);
    }

    /** @param password Python code */
    private static CeleryWorker worker(String name, String password) throws IOException {
        String application =
                """
                import sys
                app = Celery("tasks", broker="sentinel://:%s@127.0.0.1:%d/0")
                app.conf.broker_transport_options = {
                    "master_name": "main", "sentinel_kwargs": {"password": %s, "socket_timeout": 5}}
                """
                        .formatted(OF_MASTER, port.number(), password);
        return new CeleryWorker(directory.resolve(name), application, Map.of()).ready();
    }
}
