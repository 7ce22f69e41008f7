package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.SmallJvm;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real answer of supervisord with something changed, and one that never ends. */
class AnyRealAnswerTest {
    private static final String BODY =
            "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n<value><array><data>\n" + HeavyAnswers.PROCESS
                    + HeavyAnswers.PROCESS + "</data></array></value>\n</param>\n</params>\n</methodResponse>\n";
    private static final String HEAD =
            "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\nServer: Medusa/1.12\r\nContent-Length: " + BODY.length()
                    + "\r\n\r\n";
    private static final String WHOLE = HEAD + BODY;

    @Property
    void cut_anywhere_it_is_not_whole(@ForAll @IntRange(max = 3000) int at) {
        String torn = WHOLE.substring(0, at % WHOLE.length());
        assertThat(outcome(torn, torn.length() + 1)).startsWith("malformed");
    }

    @Property
    void it_does_not_matter_where_the_pieces_of_the_network_end(@ForAll @IntRange(min = 1, max = 2000) int piece) {
        assertThat(outcome(WHOLE, piece)).isEqualTo("read 2");
    }

    @Property
    void a_piece_put_in(
            @ForAll("pieces") String piece, @ForAll @IntRange(max = 3000) int at, @ForAll @IntRange(max = 40) int cut) {
        int from = at % WHOLE.length();
        assertThat(outcome(
                        WHOLE.substring(0, from) + piece + WHOLE.substring(Math.min(WHOLE.length(), from + cut)), 700))
                .matches("(read \\d+|malformed: .*|fault)");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                "\r\n",
                "\r\n\r\n",
                "\n\n",
                "Content-Length: 5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 99999999999999\r\n",
                "Content-Length: \u0665\r\n",
                "Content-Length:\r\n",
                "Transfer-Encoding: chunked\r\n",
                "<",
                ">",
                "/",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<!DOCTYPE x [<!ENTITY a 'b'>]>",
                "&a;",
                "&#0;",
                "&#xD800;",
                "&#x110000;",
                "&#-5;",
                "&;",
                "&amp",
                "<?x",
                "?>",
                "<fault>",
                "</value>",
                "<value/>",
                "<i8>",
                "\0",
                "\u00e9",
                "<name></name>");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "3000000000", "17000000", "x", "'1, 2'", "''"})
    void a_length_that_is_a_lie_is_no_answer(String length) {
        String lie = WHOLE.replace("Length: " + BODY.length(), "Length: " + length);
        assertThat(outcome(lie, 1000)).startsWith("malformed");
    }

    @Test
    void a_length_that_is_too_small_or_too_large_by_one_is_no_answer() {
        for (int wrong : new int[] {BODY.length() - 30, BODY.length() + 1}) {
            assertThat(outcome(WHOLE.replace("Length: " + BODY.length(), "Length: " + wrong), 1000))
                    .startsWith("malformed");
        }
    }

    /** Of two lengths one is a lie, and which is not known. */
    @Test
    void two_lengths_that_differ_are_no_answer() {
        assertThat(outcome(WHOLE.replace("Server:", "Content-Length: 7\r\nServer:"), 1000))
                .startsWith("malformed");
    }

    @Test
    void the_largest_answers_are_read_or_refused_within_the_memory_that_the_launcher_gives() throws Exception {
        assertThat(SmallJvm.run(HeavyAnswers.class))
                .hasSize(HeavyAnswers.bodies().size())
                .allSatisfy(line -> {
                    String[] parts = line.split("\\|", 3);
                    assertThat(parts[2]).matches("(read \\d+|malformed: .{1,200})");
                    assertThat(Long.parseLong(parts[1])).as(line).isLessThan(20_000);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'HTTP/1.0 200 OK\r\n', 1",
        "'', 'X: y\r\n', 1",
        "'HTTP/1.0 200 OK\r\n', 'X: y\r\n', 10000",
        "'HTTP/1.0 200 OK\r\n\r\n', '<!-- -->', 10000",
        "'HTTP/1.0 200 OK\r\nContent-Length: 16000000\r\n\r\n', ' ', 1",
        "'HTTP/1.0 200 OK\r\n', 'a', 1",
        "'H', '', 0"
    })
    void one_who_never_ends_costs_the_time_that_was_allowed(String first, String again, int times) throws IOException {
        try (Endless peer = new Endless(first, again.repeat(Math.max(1, times)))) {
            long began = System.nanoTime();
            Contact contact = new XmlRpcSupervisor(Duration.ofMillis(300)).contact(peer.address());
            assertThat(contact.reach()).isEqualTo(Reach.SILENT);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> new XmlRpcSupervisor(Duration.ofMillis(300)).shutdown(peer.address()));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private static String outcome(String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            HttpAnswer answer = new HttpAnswer();
            for (int at = 0; at < bytes.length && !answer.whole(); at += piece) {
                answer.add(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
            }
            answer.finish();
            return answer.status() == 200 ? HeavyAnswers.outcome(answer) : "malformed: status";
        } catch (Malformed e) {
            return "malformed: " + e.getMessage();
        }
    }

    /** Says its first words to everyone who comes, then the others again and again, a moment apart. */
    private static final class Endless implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final CountDownLatch over = new CountDownLatch(1);
        private final byte[] first;
        private final byte[] again;

        Endless(String first, String again) throws IOException {
            this.first = first.getBytes(StandardCharsets.ISO_8859_1);
            this.again = again.getBytes(StandardCharsets.ISO_8859_1);
            daemon(this::accept);
        }

        ServerAddress address() {
            int port = server.getLocalPort();
            return new ServerAddress(null, "127.0.0.1", port, "http://127.0.0.1:" + port, null, null);
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work, "endless");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    daemon(() -> speak(socket));
                }
            } catch (IOException closed) {
                over.countDown(); // the test is over
            }
        }

        private void speak(Socket socket) {
            try (socket) {
                socket.getOutputStream().write(first);
                while (!over.await(5, TimeUnit.MILLISECONDS)) {
                    socket.getOutputStream().write(again);
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
