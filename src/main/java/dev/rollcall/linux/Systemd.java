package dev.rollcall.linux;

import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * @return empty if it is none, or if systemctl gives no answer: then it could not start the unit either
     */
    Optional<String> unitOf(long pid, ControlGroup place) {
        return place.service()
                .filter(unit -> Files.isExecutable(systemctl))
                .filter(unit -> show(unit, "MainPID").get("MainPID").equals(Long.toString(pid)));
    }

    /** @return empty if systemctl gives no answer */
    Optional<Unit> unit(String name) {
        Map<String, String> shown = show(name, "KillMode", "Restart", "RemainAfterExit", "ExecStop", "TimeoutStopUSec");
        String restart = shown.get("Restart");
        boolean startsAgain = restart.equals("always")
                || restart.equals("on-success")
                || !restart.equals("no") && !shown.get("ExecStop").isEmpty();
        boolean endsWithMain = !startsAgain && !shown.get("RemainAfterExit").equals("yes");
        return killMode(shown)
                .map(mode -> new Unit(name, mode, endsWithMain, TimeSpan.of(shown.get("TimeoutStopUSec"))));
    }

    private static Optional<KillMode> killMode(Map<String, String> shown) {
        return switch (shown.get("KillMode")) {
            case "control-group" -> Optional.of(KillMode.CONTROL_GROUP);
            case "mixed" -> Optional.of(KillMode.MIXED);
            case "process" -> Optional.of(KillMode.PROCESS);
            case "none" -> Optional.of(KillMode.NONE);
            default -> Optional.empty();
        };
    }

    /**
     * The service around us that ends every process in it when it ends: a oneshot of a timer with its last command, an agent when it
     * is stopped. One with {@code KillMode=process} or {@code none} leaves them, and so does a scope: it lasts as long as its processes.
     *
     * @param theirs where somebody else lives, who may be in the same service already
     * @return empty also if systemctl gives no answer: in a container there is neither it nor a service that could end
     */
    Optional<String> takesAlong(ControlGroup ours, ControlGroup theirs) {
        if (ours.isEmpty() || ours.equals(theirs) || !manages()) {
            return Optional.empty();
        }
        Optional<String> user = ours.user();
        if (user.isEmpty()) {
            return ours.service().filter(unit -> endsAll(show(unit, "KillMode")));
        }
        Map<String, String> environment = new HashMap<>(HostCommand.PLAIN);
        environment.put("XDG_RUNTIME_DIR", "/run/user/" + user.get());
        return ours.serviceOfUser().filter(unit -> endsAll(show(List.of("--user"), environment, unit, "KillMode")));
    }

    private static boolean endsAll(Map<String, String> shown) {
        return killMode(shown).filter(KillMode::endsAll).isPresent();
    }

    private Map<String, String> show(String unit, String... properties) {
        return show(List.of(), HostCommand.PLAIN, unit, properties);
    }

    /** Every property has a value, be it nothing. */
    private Map<String, String> show(
            List<String> manager, Map<String, String> environment, String unit, String... properties) {
        Map<String, String> shown = new HashMap<>();
        List<String> question = new ArrayList<>(List.of(systemctl.toString()));
        question.addAll(manager);
        question.add("show");
        for (String property : properties) {
            shown.put(property, "");
            question.addAll(List.of("-p", property));
        }
        question.addAll(List.of("--", unit));
        HostCommand.run(question, environment, PATIENCE).out().lines().forEach(line -> {
            int equals = line.indexOf('=');
            shown.replace(
                    line.substring(0, Math.max(0, equals)),
                    line.substring(equals + 1).strip());
        });
        return shown;
    }
}
