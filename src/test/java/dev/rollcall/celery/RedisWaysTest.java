package dev.rollcall.celery;

import static dev.rollcall.celery.FakeNode.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other ways to a Redis: over TLS and through sentinels. */
@Tag("integration")
class RedisWaysTest {
    @TempDir
    static Path directory;

    private static RedisServer server;
    private static HeldPort tls;
    private final Findings findings = new Findings();

    @BeforeAll
    static void start() throws Exception {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("cert.pem");
        List<String> make = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=broker",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        run(make);
        tls = new HeldPort();
        server = new RedisServer(
                directory,
                null,
                "--tls-port",
                Integer.toString(tls.number()),
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificate.toString());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        tls.close();
    }

    @Test
    void tls_with_an_authority_and_a_client_certificate() throws Exception {
        Path file = directory.resolve("cert.pem");
        String query = "?ssl_cert_reqs=required&ssl_ca_certs=" + file + "&ssl_certfile=" + file + "&ssl_keyfile="
                + directory.resolve("key.pem");
        answers("rediss://127.0.0.1:" + tls.number() + "/0" + query);
    }

    @Test
    void tls_without_a_client_certificate_is_turned_away_with_a_finding() {
        assertThatThrownBy(() -> answers("rediss://127.0.0.1:" + tls.number() + "/0?ssl_cert_reqs=none"))
                .isInstanceOfSatisfying(
                        NoWayIn.class, e -> assertThat(e.finding().code()).isEqualTo("BROKER_UNREACHABLE"));
    }

    @Test
    void a_broker_whose_certificate_nobody_vouches_for_is_not_spoken_to() {
        assertThatThrownBy(() -> answers("rediss://127.0.0.1:" + tls.number() + "/0"))
                .isInstanceOfSatisfying(
                        NoWayIn.class, e -> assertThat(e.finding().code()).isEqualTo("BROKER_UNREACHABLE"));
    }

    @Test
    void sentinels_lead_to_the_master_also_if_the_first_is_down_and_nobody_told_its_name() throws Exception {
        HeldPort port = new HeldPort();
        Path conf = directory.resolve("sentinel.conf");
        Files.writeString(
                conf,
                "port " + port.number() + "\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 " + server.port + " 1\n");
        Process sentinel = new ProcessBuilder("redis-server", conf.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.log").toFile())
                .start();
        try {
            String url = "sentinel://127.0.0.1:1;sentinel://127.0.0.1:" + port.number();
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptionsInstanceOf(NoWayIn.class)
                    .untilAsserted(() -> answers(url));
            answers(url + "/0?master_name=main");
        } finally {
            sentinel.destroyForcibly().waitFor();
            port.close();
        }
    }

    private void answers(String url) throws Exception {
        Broker broker = BrokerUrl.read(url).get(0);
        try (FakeNode node = new FakeNode(server, honest("w@h", 10));
                Transport transport = new RedisRemoteControl.Maker().make(broker, findings)) {
            transport.connect(Deadline.in(Duration.ofSeconds(20)));
            Inquiry inquiry = new Inquiry(Set.of(10L));
            transport.ask(inquiry, Deadline.in(Duration.ofSeconds(20)));
            assertThat(inquiry.replies()).hasSize(2);
        }
    }

    private static void run(List<String> argv) throws Exception {
        Path log = directory.resolve("openssl.log");
        int exit = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
    }
}
