package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Triggers;
import dev.rollcall.config.UsageException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    static Path folder;

    private static Path certificate;
    private static Path key;
    private static SSLContext trusting;

    /** A certificate of our own, made by the tool of the JDK and gone with the folder. */
    @BeforeAll
    static void make() throws Exception {
        Path store = folder.resolve("store.p12");
        char[] word = "of-this-test-only".toCharArray();
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(word))
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, word);
        }
        certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("k").getEncoded());
        key = pem("key.pem", "PRIVATE KEY", keys.getKey("k", word).getEncoded());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("k", keys.getCertificate("k"));
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    private static Path pem(String name, String what, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Path file = Files.writeString(
                folder.resolve(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Served open() throws Exception {
        return new Served(http(Optional.of(certificate), Optional.of(key)), Limits.USUAL).start();
    }

    private static Triggers.Http http(Optional<Path> certificate, Optional<Path> key) {
        return new Triggers.Http("127.0.0.1", 0, Optional.empty(), certificate, key);
    }

    private static String exchange(int port, String... versions) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.setEnabledProtocols(versions);
            socket.getOutputStream()
                    .write("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void it_speaks_tls(String version) throws Exception {
        try (Served served = open()) {
            assertThat(exchange(served.port(), version)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void it_speaks_no_older_tls_and_nothing_in_clear() throws Exception {
        try (Served served = open()) {
            assertThatThrownBy(() -> exchange(served.port(), "TLSv1.1", "TLSv1"))
                    .isInstanceOf(SSLException.class);
            assertThat(served.exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .doesNotContain("HTTP/");
        }
    }

    @Test
    void who_connects_and_never_says_hello_is_cut() throws Exception {
        Limits impatient = limits(Limits.USUAL.connections(), Duration.ofMillis(800));
        Triggers.Http http = http(Optional.of(certificate), Optional.of(key));
        try (Served served = new Served(http, impatient).start();
                Socket silent = served.raw("")) {
            silent.setSoTimeout(8_000); // less than what Vert.x waits by itself
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void who_has_not_said_hello_yet_is_one_of_so_many_connections() throws Exception {
        Triggers.Http http = http(Optional.of(certificate), Optional.of(key));
        try (Served served = new Served(http, limits(2, Duration.ofSeconds(60))).start();
                Socket one = served.raw("");
                Socket other = served.raw("")) {
            try (Socket tooMany = served.raw("")) {
                tooMany.setSoTimeout(8_000);
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
            one.close();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> exchange(served.port(), "TLSv1.3")
                    .startsWith("HTTP/1.1 200 "));
            assertThat(other.isClosed()).isFalse();
        }
    }

    private static Limits limits(int connections, Duration head) {
        Limits usual = Limits.USUAL;
        return new Limits(
                connections,
                head,
                usual.body(),
                usual.answer(),
                usual.stream(),
                usual.idle(),
                usual.watchers(),
                usual.plans());
    }

    @Test
    void a_certificate_without_its_key_is_refused() {
        assertThatThrownBy(() -> new Served(http(Optional.of(certificate), Optional.empty()), Limits.USUAL).start())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cert_file and key_file");
    }

    @Test
    void what_is_no_certificate_is_refused_with_a_sentence() throws Exception {
        Path none = pem("none.pem", "NOTHING", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> new Served(http(Optional.of(none), Optional.of(key)), Limits.USUAL).start())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("tried to listen on 127.0.0.1");
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> new Served(http(Optional.of(gone), Optional.of(key)), Limits.USUAL).start())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("tried to read the certificate in ");
    }

    @Test
    void a_key_that_everybody_may_read_is_refused() throws Exception {
        Path open = pem("open.pem", "PRIVATE KEY", Files.readAllBytes(key));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new Served(http(Optional.of(certificate), Optional.of(open)), Limits.USUAL).start())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("may read it");
    }
}
