package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Reply;
import dev.rollcall.port.Celery.Line;
import dev.rollcall.port.Celery.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class DiscoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HIDDEN = "app = Celery('tasks', broker='%s')";

    @TempDir
    Path directory;

    private RedisServer server;
    private final ChildCommands commands = new ChildCommands();

    @BeforeEach
    void start() throws Exception {
        server = new RedisServer(directory, null);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void the_worker_s_own_connections_show_broker_and_database() throws Exception {
        try (CeleryWorker worker = worker("linked").ready()) {
            server.awaitListeners(1);
            Findings findings = new Findings();
            assertThat(Claims.connected(Worker.of(worker.entry()), Deadline.in(LIMIT), findings)
                            .claims())
                    .extracting(Claim::broker)
                    .containsExactly(BrokerUrl.read(server.url(4)).get(0));
            assertThat(findings.list()).isEmpty();
        }
    }

    @Test
    void code_of_another_user_s_worker_runs_as_that_user() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String application = "import os\nassert os.getuid() == 65534\n"
                + HIDDEN.formatted(server.url(4)) + "\n"
                + "app.conf.broker_transport_options = {'global_keyprefix': 'k-'}";
        try (CeleryWorker worker = new CeleryWorker(
                        directory.resolve("other"),
                        application,
                        Map.of("HOME", "/"),
                        "/usr/bin/setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups")
                .ready()) {
            // a first answer that is slow is a finding
            Patience patience = new Patience(Duration.ofMillis(500), LIMIT, Duration.ofMillis(200));
            Line line = new RemoteControl(commands, patience).open(List.of(worker.entry()), Settings.AUTO, LIMIT);
            assertThat(line.findings()).isEmpty();
            assertThat(line.ask(Set.of(worker.pid()), LIMIT)).hasSize(2);
            assertThat(commands.ran.get(0).argv()).contains("--reuid=65534", "--no-new-privs");
            assertThat(commands.ran.get(0).environment()).isEmpty();
            line.close();
        }
    }

    @Test
    void a_node_that_is_silent_keeps_its_line_and_answers_when_it_can() throws Exception {
        try (CeleryWorker worker = worker("busy").ready()) {
            server.awaitListeners(1);
            signal(worker, "STOP");
            Line line = open(worker);
            try {
                assertThat(line.means()).isEqualTo("redis");
                assertThat(line.findings())
                        .extracting(Finding::code)
                        .contains("BROKER_UNPROVEN")
                        .doesNotContain("BROKER_UNREACHABLE");
                assertThat(line.ask(Set.of(worker.pid()), Duration.ofMillis(200)))
                        .isEmpty();
            } finally {
                signal(worker, "CONT");
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(line.ask(Set.of(worker.pid()), LIMIT))
                    .hasSize(2));
            assertThat(line.findings())
                    .as("it has answered at last")
                    .extracting(Finding::code)
                    .doesNotContain("BROKER_UNPROVEN");
            line.close();
        }
        assertThat(server.keys(4)).isEmpty();
    }

    /** A busy solo node: nothing else tells that what its tasks fork is no pool. */
    @Test
    void the_pool_that_the_application_has_chosen_is_known_of_a_node_that_is_silent() throws Exception {
        try (CeleryWorker worker = worker("solo").ready()) {
            server.awaitListeners(1);
            Files.writeString(
                    directory.resolve("solo/tasks.py"), "\napp.conf.worker_pool = 'solo'\n", StandardOpenOption.APPEND);
            signal(worker, "STOP");
            try (Line line = open(worker)) {
                assertThat(line.pools()).containsEntry(worker.pid(), "solo");
            } finally {
                signal(worker, "CONT");
            }
        }
    }

    @Test
    void a_silent_broker_costs_two_seconds_and_is_asked_again_when_it_speaks() throws Exception {
        Map<String, String> environment = Map.of("CELERY_BROKER_URL", server.url(4));
        try (CeleryWorker worker =
                new CeleryWorker(directory.resolve("mute"), "app = Celery('tasks')", environment).ready()) {
            server.awaitListeners(1);
            server.signal("STOP");
            Line line = new RemoteControl(commands).open(List.of(worker.entry()), Settings.AUTO, Duration.ofSeconds(4));
            try {
                assertThat(line.findings()).extracting(Finding::code).contains("BROKER_UNREACHABLE", "BROKER_UNPROVEN");
                assertThat(line.ask(Set.of(worker.pid()), Duration.ofMillis(200)))
                        .isEmpty();
            } finally {
                server.signal("CONT");
            }
            assertThat(line.ask(Set.of(worker.pid()), LIMIT)).hasSize(2);
            line.close();
        }
        assertThat(server.keys(4)).isEmpty();
    }

    @Test
    void a_silent_broker_is_not_waited_for_though_the_application_hangs_on_it() throws Exception {
        try (CeleryWorker worker = new CeleryWorker(
                        directory.resolve("hung"),
                        hidden("import os, time; time.sleep(60 * os.path.exists('hang'))"),
                        Map.of())
                .ready()) {
            Files.createFile(directory.resolve("hung/hang"));
            server.signal("STOP");
            Duration began = Duration.ofNanos(System.nanoTime());
            try (Line line = open(worker)) {
                assertThat(line.means()).isEqualTo("none");
                assertThat(line.findings()).extracting(Finding::code).contains("BROKER_UNREACHABLE");
                assertThat(line.ask(Set.of(worker.pid()), Duration.ofSeconds(2)))
                        .isEmpty();
            } finally {
                server.signal("CONT");
            }
            assertThat(Duration.ofNanos(System.nanoTime()).minus(began)).isLessThan(Duration.ofSeconds(15));
            await().atMost(LIMIT).until(() -> nobodyIn(directory.resolve("hung"), worker));
        }
    }

    @Test
    void an_application_that_does_not_load_is_not_loaded_once_more_for_an_inspection() throws Exception {
        try (CeleryWorker worker = new CeleryWorker(
                        directory.resolve("slow"),
                        hidden("import os, time; time.sleep(60 * os.path.exists('hang'))"),
                        Map.of())
                .ready()) {
            Files.createFile(directory.resolve("slow/hang"));
            server.signal("KILL");
            // it is given up so long before the end that this is noticed, however slow the machine
            Patience patience = new Patience(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(20));
            try (Line line = new RemoteControl(commands, patience)
                    .open(List.of(worker.entry()), Settings.AUTO, Duration.ofSeconds(23))) {
                assertThat(line.means()).isEqualTo("none");
                assertThat(line.findings())
                        .extracting(Finding::code)
                        .contains("APPLICATION_NOT_ASKED", "BROKER_NOT_FOUND");
            }
        }
    }

    private String hidden(String more) {
        return more + "\n" + HIDDEN.formatted(server.url(4));
    }

    /** Nobody but the worker's own processes: the application that was asked has been ended. */
    private static boolean nobodyIn(Path folder, CeleryWorker worker) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.pid() != worker.pid())
                .filter(p ->
                        p.parent().filter(above -> above.pid() == worker.pid()).isEmpty())
                .noneMatch(p -> cwd(p.pid()).equals(folder.toString()));
    }

    private static String cwd(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .toString();
        } catch (IOException e) {
            // it has ended
            return "";
        }
    }

    @Test
    void twins_of_one_name_both_answer() throws Exception {
        try (CeleryWorker one = worker("twin").ready();
                CeleryWorker two = worker("twin").ready();
                Line line = new RemoteControl(commands).open(List.of(one.entry(), two.entry()), Settings.AUTO, LIMIT)) {
            server.awaitListeners(2);
            List<Reply> replies = line.ask(Set.of(one.pid(), two.pid()), LIMIT);
            assertThat(replies).hasSize(4);
            assertThat(replies)
                    .extracting(Reply::node)
                    .containsOnly(replies.get(0).node());
        }
    }

    @Test
    void no_way_in_is_a_line_with_findings_and_no_exception() throws Exception {
        Process stranger = new ProcessBuilder("/bin/sleep", "60").start();
        try {
            List<ProcessEntry> mains = List.of(CeleryWorker.entry(stranger.pid()));
            Line line = new RemoteControl(commands).open(mains, Settings.AUTO, LIMIT);
            assertThat(line.means()).isEqualTo("none");
            assertThat(line.findings())
                    .extracting(Finding::code)
                    .contains("BROKER_NOT_FOUND", "APPLICATION_NOT_ASKED", "EXEC_NOT_FOUND");
            assertThat(line.ask(Set.of(stranger.pid()), LIMIT)).isEmpty();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    private CeleryWorker worker(String name) throws Exception {
        return new CeleryWorker(directory.resolve(name), HIDDEN.formatted(server.url(4)), Map.of());
    }

    private Line open(CeleryWorker worker) throws Exception {
        return new RemoteControl(commands).open(List.of(worker.entry()), Settings.AUTO, LIMIT);
    }

    private static void signal(CeleryWorker worker, String name) throws Exception {
        new ProcessBuilder("/bin/kill", "-" + name, Long.toString(worker.pid()))
                .start()
                .waitFor();
    }
}
