package dev.rollcall.linux;

import dev.rollcall.port.Commands.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The system's service manager: which unit a supervisord is, and how to start and stop that.
 *
 * @param systemctl absolute path; it need not exist
 * @param booted folder that exists only where systemd is pid 1
 */
record Systemd(Path systemctl, Path booted) {
    private static final Pattern USER_MANAGER = Pattern.compile("user@(\\d+)\\.service");
    private static final Set<String> ENDS_ALL = Set.of("KillMode=control-group", "KillMode=mixed");
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
        return services(cgroup).stream()
                .findFirst()
                .filter(unit -> Files.isExecutable(systemctl))
                .filter(unit ->
                        ask(List.of(), "MainPID", unit, HostCommand.PLAIN).equals("MainPID=" + pid));
    }

    /**
     * The service around us that ends every process in it when it ends: a oneshot of a timer with its last command, an agent when it
     * is stopped. One with {@code KillMode=process} or {@code none} leaves them, and so does a scope: it lasts as long as its processes.
     *
     * @param ours content of {@code /proc/PID/cgroup}
     * @param theirs that of somebody who may live in the same service already, or nothing
     * @return empty also if systemctl gives no answer: in a container there is neither it nor a service that could end
     */
    Optional<String> takesAlong(String ours, String theirs) {
        List<String> services = services(ours);
        if (services.isEmpty() || services.equals(services(theirs)) || !manages()) {
            return Optional.empty();
        }
        Matcher user = USER_MANAGER.matcher(services.get(0));
        if (!user.matches()) {
            return Optional.of(services.get(0))
                    .filter(unit -> ENDS_ALL.contains(ask(List.of(), "KillMode", unit, HostCommand.PLAIN)));
        }
        Map<String, String> environment = new HashMap<>(HostCommand.PLAIN);
        environment.put("XDG_RUNTIME_DIR", "/run/user/" + user.group(1));
        return services.stream()
                .skip(1)
                .findFirst()
                .filter(unit -> ENDS_ALL.contains(ask(List.of("--user"), "KillMode", unit, environment)));
    }

    private String ask(List<String> manager, String property, String unit, Map<String, String> environment) {
        List<String> question = new ArrayList<>(List.of(systemctl.toString()));
        question.addAll(manager);
        question.addAll(List.of("show", "-p", property, "--", unit));
        return HostCommand.run(question, environment, PATIENCE).out().strip();
    }

    /**
     * The first {@code .service} on the path, below which a service may make folders of its own. Below {@code user@UID.service}, a
     * user's own manager, the first of that one's services too.
     */
    private static List<String> services(String cgroup) {
        List<String> services = cgroup.lines()
                .filter(line -> line.startsWith("0::") || line.contains(":name=systemd:"))
                .map(line -> Stream.of(line.substring(line.lastIndexOf(':') + 1).split("/"))
                        .filter(name -> name.endsWith(".service"))
                        .toList())
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        boolean ofUser =
                !services.isEmpty() && USER_MANAGER.matcher(services.get(0)).matches();
        return services.stream().limit(ofUser ? 2 : 1).toList();
    }
}
