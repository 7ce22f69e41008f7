package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.HeldPort;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which nobody, or somebody else, can be at the address. */
@Timeout(60)
class ReachTest {
    private final XmlRpcSupervisor supervisor = new XmlRpcSupervisor(Duration.ofMillis(300));
    /** Of somebody who does say something, however slow the machine. */
    private final XmlRpcSupervisor patient = new XmlRpcSupervisor(Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @Test
    void no_socket_is_absent() {
        assertThat(contact("none.sock").reach()).isEqualTo(Reach.ABSENT);
        assertThat(contact("no/folder/none.sock").detail()).contains("does not exist");
    }

    @Test
    void a_stale_socket_is_absent() throws IOException {
        listen("stale.sock").close();
        assertThat(folder.resolve("stale.sock")).exists();
        assertThat(contact("stale.sock").reach()).isEqualTo(Reach.ABSENT);
    }

    @Test
    void a_file_that_is_no_socket_is_absent() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThat(contact("file").reach()).isEqualTo(Reach.ABSENT);
    }

    @Test
    void a_path_too_long_for_a_socket_is_absent() {
        assertThat(contact("x".repeat(200)).reach()).isEqualTo(Reach.ABSENT);
    }

    @Test
    void a_closed_port_is_absent() throws IOException {
        try (HeldPort port = new HeldPort()) {
            String url = "http://localhost:" + port.number();
            ServerAddress server = new ServerAddress(null, "localhost", port.number(), url, null, null);
            assertThat(patient.contact(server).reach()).isEqualTo(Reach.ABSENT);
        }
    }

    @Test
    void a_listener_that_says_nothing_is_silent() throws IOException {
        try (ServerSocketChannel mute = listen("mute.sock")) {
            assertThat(mute.isOpen()).isTrue();
            assertThat(contact("mute.sock")).isEqualTo(new Contact(Reach.SILENT, 0, "", "nothing came within 300 ms"));
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> supervisor.shutdown(address("mute.sock")))
                    .satisfies(failure -> assertThat(failure.fault()).isZero());
        }
    }

    @Test
    void a_listener_whose_queue_is_full_is_silent() throws IOException {
        try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(folder.resolve("full.sock")), 1);
            for (int i = 0; i < 4; i++) {
                assertThat(contact("full.sock").reach()).isEqualTo(Reach.SILENT);
            }
        }
    }

    @Test
    void a_pending_interrupt_neither_breaks_a_call_nor_gets_lost() throws Exception {
        try (Listener answer = new Listener(folder.resolve("web.sock"), "HTTP/1.0 404 Not Found\r\n\r\n")) {
            assertThat(answer.isAlive()).isTrue();
            Thread.currentThread().interrupt();
            assertThat(patient.contact(address("web.sock")).detail()).isEqualTo("it answers with HTTP status 404");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_listener_that_speaks_otherwise_is_silent() throws Exception {
        try (Listener ssh = new Listener(folder.resolve("ssh.sock"), "SSH-2.0-OpenSSH\r\n")) {
            assertThat(ssh.isAlive()).isTrue();
            assertThat(patient.contact(address("ssh.sock")).detail())
                    .isEqualTo("its answer is not XML-RPC (it is not HTTP)");
        }
    }

    private ServerSocketChannel listen(String name) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return channel.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
    }

    private Contact contact(String name) {
        return supervisor.contact(address(name));
    }

    private ServerAddress address(String name) {
        String path = folder.resolve(name).toString();
        return new ServerAddress(path, null, 0, "unix://" + path, null, null);
    }
}
