package dev.rollcall.supervisor;

import static dev.rollcall.supervisor.RealSupervisord.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the installed supervisord. */
@Tag("integration")
class RealSupervisordTest {
    private static final String PROGRAMS =
            """
            [program:steady]
            command=/bin/sleep 300
            startsecs=0
            stopsignal=USR1
            stopasgroup=true
            stopwaitsecs=7
            priority=3
            [program:idle]
            command=/bin/sh -c "echo $SUPERVISOR_SERVER_URL > url; exec sleep 300"
            directory=%(here)s
            autostart=false
            startsecs=0
            [group:few]
            programs=one
            [program:one]
            command=/bin/sh -c "trap : TERM; echo ready > deaf; while :; do sleep 0.1; done"
            directory=%(here)s
            autostart=false
            stopwaitsecs=60
            startsecs=0
            """;

    @TempDir
    Path folder;

    private final XmlRpcSupervisor supervisor = new XmlRpcSupervisor(PATIENCE);
    private RealSupervisord supervisord;

    @BeforeEach
    void start() throws Exception {
        supervisord = RealSupervisord.start(folder.toRealPath(), PROGRAMS);
    }

    @AfterEach
    void stop() throws Exception {
        supervisord.close();
    }

    @Test
    void answers_on_both_addresses_with_its_pid() throws Exception {
        for (ServerAddress server : List.of(supervisord.unix(), supervisord.tcp())) {
            Contact contact = supervisor.contact(server);
            assertThat(contact.reach()).as(contact.detail()).isEqualTo(Reach.UP);
            assertThat(contact.pid()).isEqualTo(supervisord.pid());
            assertThat(contact.version()).startsWith("4.");
        }
    }

    @Test
    void a_wrong_or_missing_password_is_denied() throws Exception {
        ServerAddress tcp = supervisord.tcp();
        ServerAddress wrong = new ServerAddress(null, tcp.host(), tcp.port(), tcp.url(), "me", "wrong");
        ServerAddress none = new ServerAddress(null, tcp.host(), tcp.port(), tcp.url(), null, null);
        assertThat(supervisor.contact(wrong).reach()).isEqualTo(Reach.DENIED);
        assertThat(supervisor.contact(none).detail()).contains("wants a username");
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> supervisor.shutdown(wrong))
                .withMessageStartingWith("tried to shut down supervisord at http://127.0.0.1:");
        assertThat(supervisord.alive()).isTrue();
    }

    @Test
    void programs_come_with_their_settings_and_what_only_the_files_know() throws Exception {
        await().atMost(PATIENCE).until(() -> program("steady").running());
        Program steady = program("steady");
        assertThat(steady.pid()).isPositive();
        assertThat(steady)
                .usingRecursiveComparison()
                .ignoringFields("state", "pid")
                .isEqualTo(supervisord.conf().programs().get(0));
        assertThat(steady.stopSignal()).isEqualTo("USR1");
        assertThat(steady.stopAsGroup()).isTrue();
        assertThat(program("idle").state()).isEqualTo("STOPPED");
        assertThat(program("idle").pid()).isZero();
        assertThat(program("few:one").stopWaitSecs()).isEqualTo(60);
    }

    @Test
    void a_program_started_by_name_gets_the_url_that_the_reader_foretells() throws Exception {
        supervisor.start(supervisord.unix(), "idle");
        await().atMost(PATIENCE).until(() -> program("idle").running());
        Path told = folder.resolve("url");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(told) && !Files.readString(told).isEmpty());
        assertThat(Files.readString(told).strip()).isEqualTo(supervisord.unix().url());
    }

    @Test
    void starting_what_does_not_exist_is_a_fault_with_its_code() {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> supervisor.start(supervisord.unix(), "nonsense & <more>"))
                .withMessageContaining("nonsense & <more>")
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(10));
    }

    @Test
    void shutdown_returns_early_then_it_is_stopping_then_absent() throws Exception {
        ServerAddress server = supervisord.unix();
        supervisor.start(server, "few:one");
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("deaf")));
        long deaf = program("few:one").pid();
        supervisor.shutdown(server);
        assertThat(supervisord.alive()).isTrue();
        assertThat(supervisor.contact(server).reach()).isEqualTo(Reach.STOPPING);
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> supervisor.shutdown(server))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(6));
        ProcessHandle.of(deaf)
                .orElseThrow()
                .destroyForcibly(); // until then it could be seen stopping, however slowly we look
        await().atMost(PATIENCE).until(() -> !supervisord.alive());
        assertThat(supervisor.contact(server).reach()).isEqualTo(Reach.ABSENT);
    }

    private Program program(String name) throws Exception {
        return supervisor.programs(supervisord.unix(), supervisord.conf()).stream()
                .filter(program -> program.fullName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
