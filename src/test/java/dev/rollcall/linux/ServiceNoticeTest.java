package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small program plays the service manager. */
class ServiceNoticeTest {
    private static final Path MISSING = Path.of("/no/such/notifier");
    private static final String MANAGER =
            """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind("\\0" + name[1:] if name.startswith("@") else name)
            print("bound", flush=True)
            while True:
                words = s.recv(4096).decode().split("\\n")
                if words != ["BARRIER=1"]:
                    print(" ".join(w for w in words if w), flush=True)
            """;

    @TempDir
    private Path folder;

    private Process manager;
    private BufferedReader heard;

    @BeforeEach
    void python() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (manager != null) {
            manager.destroyForcibly();
            manager.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void manager(String socket) throws IOException {
        manager = new ProcessBuilder("/usr/bin/python3", "-I", "-S", "-c", MANAGER, socket)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        heard = new BufferedReader(new InputStreamReader(manager.getInputStream(), StandardCharsets.UTF_8));
        assertThat(heard.readLine()).isEqualTo("bound");
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/systemd-notify, n.sock",
        "/no/such/notifier, n.sock",
        "/usr/bin/systemd-notify, @",
        "/no/such/notifier, @"
    })
    void the_manager_hears_how_the_engine_is(Path notifier, String kind) throws IOException {
        assumeTrue(notifier.equals(MISSING) || Files.isExecutable(notifier), notifier + " is not installed");
        String socket = kind.equals("@")
                ? "@rollcall-" + UUID.randomUUID()
                : folder.resolve(kind).toString();
        manager(socket);
        ServiceNotice notice = new ServiceNotice(Map.of("NOTIFY_SOCKET", socket), notifier);
        assertThat(notice.ready("two\ntriggers")).isTrue();
        assertThat(heard.readLine()).isEqualTo("READY=1 STATUS=two triggers");
        assertThat(notice.beat()).isTrue();
        assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        assertThat(notice.stopping("finishing a run")).isTrue();
        assertThat(heard.readLine()).isEqualTo("STOPPING=1 STATUS=finishing a run");
    }

    @Test
    void without_a_manager_nothing_is_run() {
        assertThat(new ServiceNotice(Map.of(), MISSING).ready("up")).isTrue();
    }

    @Test
    void a_manager_that_is_gone_is_told_to_the_caller() {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString());
        assertThat(new ServiceNotice(environment, MISSING).ready("up")).isFalse();
    }

    @Test
    void the_watchdog_is_ours_or_there_is_none() {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(new ServiceNotice(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", pid)).watchdog())
                .contains(Duration.ofSeconds(30));
        assertThat(new ServiceNotice(Map.of("WATCHDOG_USEC", "30000000")).watchdog())
                .contains(Duration.ofSeconds(30));
        assertThat(new ServiceNotice(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1")).watchdog())
                .isEmpty();
        assertThat(new ServiceNotice(Map.of("WATCHDOG_USEC", "x")).watchdog()).isEmpty();
        assertThat(new ServiceNotice(Map.of()).watchdog()).isEmpty();
    }
}
