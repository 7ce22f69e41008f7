package dev.rollcall.celery;

import static dev.rollcall.celery.FakeNode.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@Tag("integration")
class RedisRemoteControlTest {
    /** Milliseconds; less than the five seconds that it took if nothing else ended it. */
    private static final long SOON = 4_000;

    @TempDir
    static Path directory;

    private static RedisServer server;
    private final Findings findings = new Findings();

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(
                directory, null, "--unixsocket", directory.resolve("r.sock").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void twins_of_one_name_are_both_kept() throws Exception {
        try (FakeNode one = new FakeNode(server, honest("w@h", 10));
                FakeNode two = new FakeNode(server, honest("w@h", 20));
                Transport transport = connect(server.url(0))) {
            List<Reply> replies = ask(transport, Set.of(10L, 20L), Duration.ofSeconds(5));
            assertThat(replies)
                    .contains(
                            new Reply.Stats("w@h", 10, null, List.of(11L)),
                            new Reply.Stats("w@h", 20, null, List.of(21L)))
                    .hasSize(4);
            assertThat(transport.listeners()).isEqualTo(2);
        }
        assertThat(server.keys(0)).isEmpty();
    }

    @Test
    void an_answer_to_somebody_else_is_ignored() throws Exception {
        try (FakeNode node = new FakeNode(server, q -> {
                    q.push("another ticket", "application/json", "{\"thief@h\":{\"pid\":1}}");
                    honest("w@h", 10).accept(q);
                });
                Transport transport = connect(server.url(0))) {
            assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5)))
                    .extracting(Reply::node)
                    .containsExactly("w@h", "w@h");
        }
    }

    @Test
    void a_pickled_answer_is_refused_and_never_opened() throws Exception {
        try (FakeNode node = new FakeNode(server, q -> q.push(q.ticket(), "application/x-python-serialize", "gASV"));
                Transport transport = connect(server.url(0))) {
            assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5))).isEmpty();
        }
        assertThat(findings.list()).extracting(Finding::code).containsExactly("REPLY_NOT_JSON");
    }

    @Test
    void an_answer_over_the_limit_is_dropped_and_the_next_one_heard() throws Exception {
        String huge = "x".repeat(Json.LARGEST + 1);
        try (FakeNode node = new FakeNode(server, q -> {
                    if (q.stats()) {
                        q.raw(huge);
                    }
                    honest("w@h", 10).accept(q);
                });
                Transport transport = connect(server.url(0))) {
            ask(transport, Set.of(10L), Duration.ofSeconds(5));
            assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5))).isNotEmpty();
        }
        // what the node has still answered when the question was over
        server.with(Jedis::flushDB);
        assertThat(findings.list()).extracting(Finding::code).containsExactly("REPLY_TOO_LARGE");
    }

    @Test
    void nothing_is_left_in_redis_when_nobody_answers_in_time() throws Exception {
        try (FakeNode node = new FakeNode(server, q -> {});
                Transport transport = connect(server.url(2))) {
            // long enough for a Redis on a busy host: of one that is cut off, the box is removed by the next question
            // or the end
            assertThat(elapsed(() -> ask(transport, Set.of(10L), Duration.ofSeconds(1))))
                    .isBetween(900L, SOON);
            assertThat(server.keys(2)).isEmpty();
        }
    }

    @Test
    void nobody_listening_ends_it_at_once() throws Exception {
        try (Transport transport = connect(server.url(7))) {
            assertThat(elapsed(() -> ask(transport, Set.of(10L), Duration.ofSeconds(5))))
                    .isLessThan(SOON);
        }
    }

    @Test
    void a_silent_redis_ends_every_ask_at_its_limit_and_is_tidied_up_once_it_speaks() throws Exception {
        try (FakeNode node = new FakeNode(server, honest("w@h", 10))) {
            Transport transport = connect(server.url(0));
            server.signal("STOP");
            try {
                for (int i = 0; i < 2; i++) {
                    assertThat(elapsed(() -> ask(transport, Set.of(10L), Duration.ofMillis(300))))
                            .isBetween(250L, SOON);
                }
            } finally {
                server.signal("CONT");
            }
            assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5))).hasSize(2);
            transport.close();
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(server.keys(0)).isEmpty());
        }
        assertThat(findings.list()).extracting(Finding::code).containsOnly("BROKER_UNREACHABLE");
    }

    @Test
    void a_redis_that_is_slow_at_the_end_of_the_time_is_not_taken_for_dead() throws Exception {
        server.with(Jedis::configResetStat);
        CountDownLatch stopped = new CountDownLatch(1);
        Duration limit = Duration.ofMillis(900);
        try (FakeNode node = new FakeNode(server, q -> {
                    if (!q.stats()) {
                        awaitPolling(q);
                        server.signal("STOP");
                        stopped.countDown();
                    }
                });
                Transport transport = connect(server.url(6))) {
            Deadline over = Deadline.in(limit);
            CompletableFuture<List<Reply>> asked =
                    CompletableFuture.supplyAsync(() -> ask(transport, Set.of(10L), limit));
            try {
                assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
                await().pollInterval(Duration.ofMillis(5)).until(over::passed);
            } finally {
                server.signal("CONT");
            }
            assertThat(asked.get(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(server.keys(6)).isEmpty();
        }
        assertThat(findings.list()).isEmpty();
    }

    /** Until the one who asks has the answers to its questions, and waits for the nodes'. */
    private static void awaitPolling(FakeNode.Question q) {
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> q.server().with(j -> j.info("commandstats")).contains("cmdstat_rpop"));
    }

    @Test
    void a_restarted_redis_is_connected_to_again_without_a_word() throws Exception {
        try (RedisServer mortal = new RedisServer(directory, null);
                Transport transport = connect(mortal.url(0))) {
            ask(transport, Set.of(), Duration.ofSeconds(1));
            mortal.restart();
            try (FakeNode node = new FakeNode(mortal, honest("w@h", 10))) {
                assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5))).hasSize(2);
            }
        }
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void a_unix_socket_serves_as_well() throws Exception {
        try (FakeNode node = new FakeNode(server, honest("w@h", 10));
                Transport transport = connect("redis+socket://" + directory.resolve("r.sock") + "?virtual_host=0")) {
            assertThat(ask(transport, Set.of(10L), Duration.ofSeconds(5))).hasSize(2);
        }
    }

    @Test
    void a_missing_right_is_named() throws Exception {
        server.with(j -> j.aclSetUser("clerk", "on", ">pw", "~*", "&*", "+@all", "-publish"));
        try (Transport transport = connect("redis://clerk:pw@127.0.0.1:" + server.port + "/0")) {
            ask(transport, Set.of(10L), Duration.ofSeconds(20));
        }
        assertThat(findings.list())
                .extracting(Finding::code, Finding::message)
                .singleElement()
                .asString()
                .contains("BROKER_RIGHT_MISSING", "+publish &/0.celery.pidbox")
                .doesNotContain(":pw");
    }

    @Test
    void a_wrong_password_is_a_finding_without_the_password() {
        assertThatThrownBy(() -> connect("redis://clerk:wrong-secret@127.0.0.1:" + server.port + "/0"))
                .isInstanceOfSatisfying(NoWayIn.class, e -> {
                    assertThat(e.finding().code()).isEqualTo("BROKER_DENIED");
                    assertThat(e.finding().toString()).doesNotContain("wrong-secret");
                });
    }

    @Test
    void what_a_killed_run_left_behind_is_swept_up_after_an_hour() throws Exception {
        String old = "rollcall-1000-" + "dead";
        String binding = Naming.USUAL.binding(old);
        String fresh = Naming.USUAL.binding("somebody-else");
        server.with(j -> j.sadd(Naming.USUAL.bindings(), binding, fresh));
        connect(server.url(0)).close();
        Set<String> left = server.with(j -> j.smembers(Naming.USUAL.bindings()));
        assertThat(left).containsExactly(fresh);
        server.with(j -> j.del(Naming.USUAL.bindings()));
    }

    private Transport connect(String url) throws NoWayIn {
        Broker broker = BrokerUrl.read(url).get(0);
        Transport transport = new RedisRemoteControl.Maker().make(broker, findings);
        transport.connect(Deadline.in(Duration.ofSeconds(5)));
        return transport;
    }

    private static List<Reply> ask(Transport transport, Set<Long> expected, Duration limit) {
        Inquiry inquiry = new Inquiry(expected, Inquiry.LATE);
        transport.ask(inquiry, Deadline.in(limit));
        return inquiry.replies();
    }

    private static long elapsed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
