package dev.rollcall.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the service manager how the engine is (sd_notify). Java has no datagram sockets of the unix kind, so a program of the system's says it;
 * where there is no manager nothing is run.
 */
public final class ServiceNotice {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SOCKET = "NOTIFY_SOCKET";

    /** An @ stands for the zero byte that names of abstract sockets begin with. */
    private static final String PROGRAM =
            """
            import os, socket, sys
            to = os.environ["NOTIFY_SOCKET"]
            to = "\\0" + to[1:] if to.startswith("@") else to
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            s.sendto("\\n".join(sys.argv[1:]).encode(), to)
            """;

    private final Map<String, String> environment;
    private final Path notifier;

    public ServiceNotice(Map<String, String> environment) {
        this(environment, Path.of("/usr/bin/systemd-notify"));
    }

    ServiceNotice(Map<String, String> environment, Path notifier) {
        this.environment = Map.copyOf(environment);
        this.notifier = notifier;
    }

    /** It takes requests. @return whether somebody was told; true if there is nobody to tell */
    public boolean ready(String status) {
        return tell("READY=1", "STATUS=" + oneLine(status));
    }

    /** It is on its way out. @see #ready */
    public boolean stopping(String status) {
        return tell("STOPPING=1", "STATUS=" + oneLine(status));
    }

    /** It is alive; to be said more often than {@link #watchdog}. @see #ready */
    public boolean beat() {
        return tell("WATCHDOG=1");
    }

    /** How long the manager waits for a beat; nothing if it does not. */
    public Optional<Duration> watchdog() {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return micros.matches("[1-9]\\d{0,15}") && ours
                ? Optional.of(Duration.ofMillis(Long.parseLong(micros) / 1000))
                : Optional.empty();
    }

    private boolean tell(String... words) {
        String socket = environment.getOrDefault(SOCKET, "");
        if (socket.isEmpty()) {
            return true;
        }
        List<String> argv = new ArrayList<>(
                Files.isExecutable(notifier)
                        ? List.of(notifier.toString())
                        : List.of("/usr/bin/python3", "-I", "-S", "-c", PROGRAM));
        argv.addAll(List.of(words));
        Map<String, String> surroundings = new HashMap<>(HostCommand.PLAIN);
        surroundings.put(SOCKET, socket);
        return HostCommand.run(argv, surroundings, PATIENCE).exit() == 0;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
