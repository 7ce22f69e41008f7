package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rollcall.core.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever listens where Redis should: it costs the time that was allowed, and a finding. */
@Timeout(60)
class HostileRedisTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    /** Wide, for a loaded machine; the peers below would go on for ever. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final String BOUND_AND_HEARD_BY_MANY = ":1\r\n:1000000000000\r\n:1000000000000\r\n";
    private final Findings findings = new Findings();

    /** How far it behaves like Redis: not even in its greeting, until it lists bindings, until it is asked to publish. */
    enum Moment {
        GREETING,
        SWEEPING,
        ASKING
    }

    private static final List<String> GOOD = List.of("*2\r\n$5\r\nproto\r\n:2\r\n", "*0\r\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                ":1\r\n:",
                "$5\r\nab",
                "*2000000000\r\n",
                "*-7\r\n",
                "%2000000000\r\n",
                "$ 5\r\nabcde\r\n",
                "$-7\r\n",
                ":abc\r\n",
                ",1x\r\n",
                "(zz\r\n",
                ">3\r\n",
                "-MOVED\r\n",
                "-MOVED x\r\n",
                "-ASK 1 y\r\n",
                "*0\r\n",
                "+OK\r\n",
                "*2\r\n+proto\r\n:x\r\n",
                "*3\r\n+proto\r\n:2\r\n+x\r\n",
                "HTTP/1.1 200 OK\r\n\r\n"
            })
    void one_who_says_what_redis_does_not_and_hangs_up(String words) throws IOException {
        for (Moment moment : Moment.values()) {
            spoken(moment, "", words, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING,+a",
        "SWEEPING,+a",
        "ASKING,+a",
        "GREETING,*1~",
        "SWEEPING,*1~",
        "SWEEPING,:7~",
        "ASKING,*1~",
        "ASKING,*2~",
        "ASKING,:7~"
    })
    void one_who_never_stops(Moment moment, String words) throws IOException {
        spoken(moment, "", words.replace("~", "\r\n"), Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void one_who_announces_more_than_there_is_room_for(Moment moment) throws IOException {
        spoken(moment, "$999999999999\r\n", "x".repeat(100_000), Integer.MAX_VALUE);
        spoken(moment, "*9\r\n", "$9000000\r\n" + "x".repeat(9_000_000) + "\r\n", 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$0\r\n\r\n", "$-1\r\n", "$2\r\n{}\r\n"})
    void one_who_has_no_end_of_answers(String answer) throws IOException {
        spoken(Moment.ASKING, BOUND_AND_HEARD_BY_MANY, answer.repeat(1000), Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void one_who_says_nothing_or_one_letter_now_and_then(Moment moment) throws IOException {
        try (Peer peer = new Peer(moment, "+", "a", Integer.MAX_VALUE, Duration.ofMillis(50))) {
            assertThat(asked(peer)).isLessThan(BOUND);
        }
        try (Peer peer = new Peer(moment, "", "", Integer.MAX_VALUE, Duration.ofMillis(50))) {
            assertThat(asked(peer)).isLessThan(BOUND);
        }
        assertThat(findings.list()).extracting(Finding::code).contains("BROKER_UNREACHABLE");
    }

    /** The head of a record of TLS with a handshake in it, 16 KB of which then come a byte at a time. */
    @Test
    void one_who_never_ends_a_handshake() throws IOException {
        String head = "\u0016\u0003\u0003\u0040\u0000\u0002\u0000\u003f\u00fc\u0003\u0003";
        try (Peer peer = new Peer(Moment.GREETING, head, "a", 300, Duration.ofMillis(50))) {
            assertThat(asked(peer, "rediss://127.0.0.1:%d/0?ssl_cert_reqs=none"))
                    .isLessThan(BOUND);
        }
        assertThat(findings.list()).extracting(Finding::code).contains("BROKER_UNREACHABLE");
    }

    /** A frozen Redis: the kernel lets callers queue, and blocks them once the queue is full. */
    @Test
    void one_whose_queue_is_full(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("redis.sock"));
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel frozen = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            frozen.bind(address, 1);
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(address)); // more would block
            }
            NoWayIn refusal = assertTimeoutPreemptively(
                    BOUND, () -> catchThrowableOfType(NoWayIn.class, () -> ask("redis+socket://" + address.getPath())));
            assertThat(refusal.finding().code()).isEqualTo("BROKER_UNREACHABLE");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    private void spoken(Moment moment, String first, String again, int times) throws IOException {
        try (Peer peer = new Peer(moment, first, again, times, Duration.ZERO)) {
            assertThat(asked(peer)).isLessThan(BOUND);
        }
    }

    private Duration asked(Peer peer) {
        return asked(peer, "redis://127.0.0.1:%d/0");
    }

    private Duration asked(Peer peer, String url) {
        long began = System.nanoTime();
        try {
            ask(String.format(url, peer.port()));
        } catch (NoWayIn e) {
            findings.add(e.finding());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void ask(String url) throws NoWayIn {
        try (Transport transport =
                new RedisRemoteControl.Maker().make(BrokerUrl.read(url).get(0), findings)) {
            transport.connect(Deadline.in(LIMIT));
            transport.ask(new Inquiry(Set.of(10L)), Deadline.in(LIMIT));
        }
    }

    /** Says its words to everyone who asks, again and again, until the other side is gone. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0);
        private final CountDownLatch over = new CountDownLatch(1);
        private final Moment moment;
        private final byte[] first;
        private final byte[] again;
        private final int times;
        private final Duration pause;

        Peer(Moment moment, String first, String again, int times, Duration pause) throws IOException {
            this.moment = moment;
            this.first = first.getBytes(StandardCharsets.ISO_8859_1);
            this.again = again.getBytes(StandardCharsets.ISO_8859_1);
            this.times = times;
            this.pause = pause;
            thread(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private static void thread(Runnable work) {
            Thread thread = new Thread(work, "hostile-redis");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    thread(() -> speak(socket));
                }
            } catch (IOException closed) {
                over.countDown(); // the test is over
            }
        }

        private void speak(Socket socket) {
            try (socket;
                    OutputStream out = socket.getOutputStream()) {
                byte[] question = new byte[4096];
                int read = socket.getInputStream().read(question);
                for (String good : GOOD.subList(0, moment.ordinal())) {
                    out.write(good.getBytes(StandardCharsets.US_ASCII));
                    read = socket.getInputStream().read(question);
                }
                out.write(first);
                for (int i = 0; i < times && read > 0 && !over.await(pause.toMillis(), TimeUnit.MILLISECONDS); i++) {
                    out.write(again);
                }
            } catch (IOException gone) {
                return; // whoever asked has had enough
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            over.countDown();
            server.close();
        }
    }
}
