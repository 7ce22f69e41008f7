package dev.rollcall.linux;

import dev.rollcall.port.Commands.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's service manager: which unit a supervisord is, and how to start and stop that.
 *
 * @param systemctl absolute path; it need not exist
 * @param booted folder that exists only where systemd is pid 1
 */
record Systemd(Path systemctl, Path booted) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static Systemd find() {
        Path program = Stream.of("/usr/bin/systemctl", "/bin/systemctl")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/usr/bin/systemctl"));
        return new Systemd(program, Path.of("/run/systemd/system"));
    }

    /** Whether there is a systemd to start a unit with. */
    boolean manages() {
        return Files.isDirectory(booted) && Files.isExecutable(systemctl);
    }

    /** Returns when systemd has taken it on: how far it is, the processes tell. */
    Command stop(String unit, Duration limit) {
        return command(List.of("--no-block", "stop"), unit, limit);
    }

    Command start(String unit, Duration limit) {
        return command(List.of("start"), unit, limit);
    }

    private Command command(List<String> verb, String unit, Duration limit) {
        List<String> argv = new ArrayList<>(List.of(systemctl.toString(), "--no-ask-password"));
        argv.addAll(verb);
        argv.addAll(List.of("--", unit));
        return new Command(argv, HostCommand.PLAIN, null, new byte[0], limit);
    }

    /**
     * The unit whose main process it is. A process that a person or cron started lies in some {@code .service} as well,
     * of which it is not the main process: stopping that unit would be wrong, and starting it would not bring it back.
     *
     * @param cgroup content of {@code /proc/PID/cgroup}
     * @return empty if it is none, or if systemctl gives no answer: then it could not start the unit either
     */
    Optional<String> unitOf(long pid, String cgroup) {
        return service(cgroup)
                .filter(unit -> Files.isExecutable(systemctl) && mainPid(unit).equals("MainPID=" + pid));
    }

    private String mainPid(String unit) {
        List<String> question = List.of(systemctl.toString(), "show", "-p", "MainPID", "--", unit);
        return HostCommand.run(question, PATIENCE).out().strip();
    }

    /**
     * The first {@code .service} on the path, below which a service may make folders of its own. That of a user's
     * own manager is {@code user@UID.service} and drops out by its main pid.
     */
    private static Optional<String> service(String cgroup) {
        return cgroup.lines()
                .filter(line -> line.startsWith("0::") || line.contains(":name=systemd:"))
                .flatMap(line ->
                        Stream.of(line.substring(line.lastIndexOf(':') + 1).split("/")))
                .filter(name -> name.endsWith(".service"))
                .findFirst();
    }
}
