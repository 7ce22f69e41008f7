package dev.rollcall.celery;

import static dev.rollcall.celery.FakeNode.honest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What asking does to a broker that others work with, and what it may lack there. */
@Tag("integration")
class RedisMannersTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static RedisServer server;
    private final Findings findings = new Findings();

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(directory, null);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** A client made with kombu gives messages back that were taken longer ago than its own visibility timeout. */
    @Test
    void no_message_is_moved_however_long_ago_a_worker_took_it() throws Exception {
        server.with(j -> j.hset("unacked", "tag-1", "[\"message\",\"celery\",\"celery\"]"));
        server.with(j -> j.zadd("unacked_index", 1.0, "tag-1"));
        server.with(j -> j.lpush("celery", "waiting"));
        try (FakeNode node = new FakeNode(server, honest("w@h", 10));
                Transport transport = connect("redis://127.0.0.1:" + server.port + "/0")) {
            assertThat(ask(transport)).hasSize(2);
        }
        Set<String> keys = server.with(j -> j.keys("*"));
        assertThat(keys).containsExactlyInAnyOrder("unacked", "unacked_index", "celery");
        Map<String, String> taken = server.with(j -> j.hgetAll("unacked"));
        assertThat(taken).containsOnlyKeys("tag-1");
        List<String> times = server.with(j -> j.zrange("unacked_index", 0, -1));
        assertThat(times).containsExactly("tag-1");
        List<String> waiting = server.with(j -> j.lrange("celery", 0, -1));
        assertThat(waiting).containsExactly("waiting");
        server.with(j -> j.del("unacked", "unacked_index", "celery"));
    }

    @Test
    void nothing_but_two_questions_is_ever_published() throws Exception {
        List<String> methods = Collections.synchronizedList(new ArrayList<>());
        try (FakeNode node = new FakeNode(server, q -> {
                    methods.add(q.method());
                    honest("w@h", 10).accept(q);
                });
                Transport transport = connect(server.url(0))) {
            ask(transport);
            ask(transport);
        }
        assertThat(methods).containsExactly("stats", "active", "stats", "active");
    }

    @Test
    void an_answer_that_comes_late_is_none_to_the_next_question() throws Exception {
        List<FakeNode.Question> heard = new ArrayList<>();
        try (FakeNode node = new FakeNode(server, q -> {
                    heard.add(q);
                    if (heard.size() > 2) {
                        honest("late@h", 99).accept(heard.get(heard.size() - 3));
                        honest("w@h", 10).accept(q);
                    }
                });
                Transport transport = connect(server.url(0))) {
            assertThat(ask(transport, Duration.ofMillis(200))).isEmpty();
            assertThat(ask(transport)).extracting(Reply::node).containsExactly("w@h", "w@h");
        }
        assertThat(server.keys(0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-sadd,    BROKER_RIGHT_MISSING, +sadd ~_kombu.binding.reply.celery.pidbox",
        "-publish, BROKER_RIGHT_MISSING, +publish &/0.celery.pidbox",
        "-rpop,    BROKER_RIGHT_MISSING, +rpop ~*.reply.celery.pidbox",
        "-srem,    BROKER_RIGHT_MISSING, +srem ~_kombu.binding.reply.celery.pidbox",
        "-del,     BROKER_RIGHT_MISSING, +del ~*.reply.celery.pidbox",
        "resetkeys,     BROKER_RIGHT_MISSING, +sadd ~_kombu.binding.reply.celery.pidbox",
        "resetchannels, BROKER_RIGHT_MISSING, +publish &/0.celery.pidbox"
    })
    void a_right_that_is_missing_is_named(String lacking, String code, String right) throws Exception {
        String user = "clerk" + lacking.replace("-", "");
        server.with(j -> j.aclSetUser(user, "on", ">pw", "~*", "&*", "+@all", lacking));
        try (FakeNode node = new FakeNode(server, honest("w@h", 10));
                Transport transport = connect("redis://" + user + ":pw@127.0.0.1:" + server.port + "/0")) {
            ask(transport, Duration.ofSeconds(20));
        }
        assertThat(findings.list()).extracting(Finding::code).contains(code);
        assertThat(findings.list()).extracting(Finding::message).anyMatch(m -> m.contains(right));
        server.with(j -> j.flushDB());
    }

    @Test
    void two_hundred_nodes_with_a_thousand_processes_answer_in_time() throws Exception {
        List<FakeNode> nodes = new ArrayList<>();
        try (Transport transport = connect(server.url(0))) {
            Map<Long, String> names = new TreeMap<>();
            for (long i = 0; i < 200; i++) {
                long pid = 1000 + 10 * i;
                names.put(pid, "w" + i + "@h");
                nodes.add(new FakeNode(server, q -> q.reply(names.get(pid), q.stats() ? stats(pid) : "[]")));
            }
            Inquiry inquiry = new Inquiry(names.keySet());
            transport.ask(inquiry, Deadline.in(LIMIT));
            assertThat(inquiry.satisfied()).isTrue();
            assertThat(inquiry.replies()).hasSize(400);
        } finally {
            for (FakeNode node : nodes) {
                node.close();
            }
        }
        assertThat(server.keys(0)).isEmpty();
    }

    private static String stats(long pid) {
        return "{\"pid\":%d,\"pool\":{\"processes\":[%d,%d,%d,%d]}}".formatted(pid, pid + 1, pid + 2, pid + 3, pid + 4);
    }

    private Transport connect(String url) throws NoWayIn {
        Transport transport =
                new RedisRemoteControl.Maker().make(BrokerUrl.read(url).get(0), findings);
        transport.connect(Deadline.in(LIMIT));
        return transport;
    }

    private static List<Reply> ask(Transport transport) {
        return ask(transport, LIMIT);
    }

    private static List<Reply> ask(Transport transport, Duration limit) {
        Inquiry inquiry = new Inquiry(Set.of(10L));
        transport.ask(inquiry, Deadline.in(limit));
        return inquiry.replies();
    }
}
