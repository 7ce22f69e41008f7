package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that hold a connection and do not use it. */
@Timeout(60)
class SlownessTest {
    private static final Limits IMPATIENT = new Limits(
            4,
            Duration.ofMillis(800),
            Duration.ofMillis(800),
            Duration.ofSeconds(90),
            Duration.ofSeconds(2),
            Duration.ofMillis(800),
            3,
            2);

    /** All of its connections can watch, and none is cut meanwhile: a seat that is taken stays taken. */
    private static final Limits CROWDED = new Limits(
            4,
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            4,
            2);

    private Served served;

    @BeforeEach
    void open() throws Exception {
        served = Served.open(Optional.empty(), IMPATIENT);
    }

    @AfterEach
    void close() {
        served.close();
    }

    /** Sends one character after the other, each a new sign of life, until the server has enough. */
    private static String trickle(Socket socket) throws IOException, InterruptedException {
        socket.setSoTimeout(50);
        StringBuilder answer = new StringBuilder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            try {
                int read = socket.getInputStream().read();
                if (read < 0) {
                    return answer.toString();
                }
                answer.append((char) read);
            } catch (SocketTimeoutException quiet) {
                drip(socket);
            } catch (SocketException reset) { // cut while a character of ours was unread
                return answer.toString();
            }
        }
        throw new AssertionError("the server is still patient");
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException closed) {
            assertThat(closed).hasMessageMatching("(?i).*(pipe|reset|closed).*");
        }
    }

    @Test
    void headers_that_never_end_are_cut() throws Exception {
        try (Socket socket = served.raw("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nX: ")) {
            assertThat(trickle(socket)).isEmpty();
        }
    }

    @Test
    void who_connects_and_says_nothing_is_cut() throws Exception {
        try (Socket socket = served.raw("")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_body_that_never_ends_is_cut_and_told_so() throws Exception {
        try (Socket socket =
                served.raw("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 60000\r\n\r\n{")) {
            assertThat(trickle(socket)).startsWith("HTTP/1.1 408 ").contains("TIMEOUT");
        }
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void a_body_that_is_cut_off_asks_for_nothing() throws Exception {
        try (Socket socket =
                served.raw("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 20\r\n\r\n{}")) {
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("202");
        }
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void a_connection_that_is_kept_is_not_kept_for_ever() throws Exception {
        try (Socket socket = served.raw("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_second_request_that_trickles_is_cut_too() throws Exception {
        try (Socket socket = served.raw("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n\r\nGET /")) {
            assertThat(trickle(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void there_are_so_many_connections_and_no_more() throws Exception {
        served.close();
        served = Served.open(Optional.empty(), CROWDED);
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < CROWDED.connections(); i++) {
                Socket socket = served.raw(
                        "GET /api/v1/runs/" + FakeRuns.RUN + "/events?wait=50s HTTP/1.1\r\nHost: localhost\r\n\r\n");
                held.add(socket);
            }
            await(CROWDED.connections());
            assertThatThrownBy(() -> {
                        // whoever is let in would see the end of the connection after an answer
                        String answer = served.exchange(
                                "GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                        assertThat(answer).as("closed without an answer").isNotEmpty();
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        await(0);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> served.get("/observe/health/live").statusCode() == 200);
    }

    private void await(int watchers) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> served.runs.waiting() == watchers);
    }
}
