package dev.rollcall.supervisor;

import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** A supervisord of our own in a temporary folder, on a unix socket and a TCP port with a password; ends with the test. */
final class RealSupervisord implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private final XmlRpcSupervisor supervisor = new XmlRpcSupervisor(PATIENCE);
    private final Process process;
    private final HeldPort port;
    private final Path conf;
    private final Map<String, String> environment;

    private RealSupervisord(Process process, HeldPort port, Path conf, Map<String, String> environment) {
        this.process = process;
        this.port = port;
        this.conf = conf;
        this.environment = environment;
    }

    static RealSupervisord start(Path folder, String programs) throws IOException, ConfException {
        HeldPort port = new HeldPort();
        Path conf = Files.writeString(folder.resolve("supervisord.conf"), mainSections(port.number()) + programs);
        // Python runs a sitecustomize.py of the test's, if there is one
        Map<String, String> environment =
                Map.of("PWD", folder.toString(), "PATH", "/usr/bin:/bin", "HOME", "/", "PYTHONPATH", folder.toString());
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/supervisord", "-n", "-c", conf.toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        RealSupervisord started = new RealSupervisord(builder.start(), port, conf, environment);
        try {
            await().atMost(PATIENCE)
                    .until(() -> started.supervisor.contact(started.unix()).up());
            return started;
        } catch (ConditionTimeoutException e) {
            String detail = started.supervisor.contact(started.unix()).detail();
            started.close();
            throw new IllegalStateException(detail, e);
        }
    }

    private static String mainSections(int port) {
        return """
                [supervisord]
                logfile=%%(here)s/log
                pidfile=%%(here)s/pid
                childlogdir=%%(here)s
                [unix_http_server]
                file=%%(here)s/sock
                [inet_http_server]
                port=127.0.0.1:%d
                username=me
                password=secret & "<word>"
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
                """
                .formatted(port);
    }

    SupervisorConf conf() throws ConfException {
        return supervisor.read(conf, environment);
    }

    ServerAddress unix() throws ConfException {
        return conf().servers().get(0);
    }

    ServerAddress tcp() throws ConfException {
        return conf().servers().get(1);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() throws ConfException, IOException {
        ServerAddress server = unix();
        process.destroy(); // supervisord ends its programs itself
        try {
            // Each question wakes its loop, which would sleep for up to a second otherwise.
            await().pollInterval(POLL)
                    .atMost(PATIENCE)
                    .until(() -> !supervisor.contact(server).up() && !process.isAlive());
        } catch (ConditionTimeoutException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        } finally {
            port.close();
        }
    }
}
