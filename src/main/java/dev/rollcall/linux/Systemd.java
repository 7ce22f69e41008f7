package dev.rollcall.linux;

import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.NoAnswerException;
import dev.rollcall.port.Starter.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
        return new Command(Shield.before(argv), HostCommand.PLAIN, null, new byte[0], limit);
    }

    /**
     * The unit whose main process it is. A process that a person or cron started lies in some {@code .service} as well,
     * of which it is not the main process: stopping that unit would be wrong, and starting it would not bring it back.
     *
     * @return empty if it is none, or if systemctl gives no answer: then it could not start the unit either
     */
    Optional<String> unitOf(long pid, ControlGroup place) {
        return Optional.of(place)
                .filter(p -> p.isInUnit() && p.user().isEmpty() && Files.isExecutable(systemctl))
                .filter(p -> show(p, "MainPID").get("MainPID").equals(Long.toString(pid)))
                .map(ControlGroup::unit);
    }

    /**
     * The unit that ends with a process: it is the main process, or the only child that this waits for.
     *
     * @return empty if there is none, or no systemd
     */
    Optional<Unit> unit(long pid, long parent, ControlGroup place) throws NoAnswerException {
        if (!place.isInUnit() || !manages()) {
            return Optional.empty();
        }
        Properties shown = answer(
                place,
                "MainPID",
                "KillMode",
                "Restart",
                "RemainAfterExit",
                "ExecStop",
                "TimeoutStopUSec",
                "ActiveState",
                "Job");
        String main = shown.get("MainPID");
        boolean own = main.equals(Long.toString(pid)) && place.user().isEmpty();
        boolean below = main.equals(Long.toString(pid)) || parent > 1 && main.equals(Long.toString(parent));
        return killMode(shown)
                .filter(mode -> own || below)
                .map(mode -> new Unit(
                        place.unit(),
                        own,
                        mode,
                        endsWithMain(shown),
                        TimeSpan.of(shown.get("TimeoutStopUSec")),
                        isInMotion(shown)));
    }

    private static boolean isInMotion(Properties shown) {
        String job = shown.get("Job");
        return shown.get("ActiveState").equals("deactivating") || !job.isEmpty() && !job.equals("0");
    }

    private static boolean endsWithMain(Properties shown) {
        String restart = shown.get("Restart");
        boolean startsAgain = restart.equals("always")
                || restart.equals("on-success")
                || !restart.equals("no") && !shown.get("ExecStop").isEmpty();
        return !startsAgain && !shown.get("RemainAfterExit").equals("yes");
    }

    private static Optional<KillMode> killMode(Properties shown) {
        return switch (shown.get("KillMode")) {
            case "control-group" -> Optional.of(KillMode.CONTROL_GROUP);
            case "mixed" -> Optional.of(KillMode.MIXED);
            case "process" -> Optional.of(KillMode.PROCESS);
            case "none" -> Optional.of(KillMode.NONE);
            default -> Optional.empty();
        };
    }

    /**
     * Whether a unit ends every process in it when it ends: a oneshot of a timer with its last command, an agent when it
     * is stopped. One with {@code KillMode=process} or {@code none} leaves them, and so does a scope: it lasts as long as its processes.
     */
    boolean endsAll(ControlGroup place) throws NoAnswerException {
        return place.isInUnit()
                && manages()
                && killMode(answer(place, "KillMode")).filter(KillMode::endsAll).isPresent();
    }

    /**
     * Nothing of a unit that is not loaded: systemctl makes one up then. A user's manager need not be there for us, and its units
     * are a user's own affair.
     */
    private Properties answer(ControlGroup place, String... properties) throws NoAnswerException {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "LoadState";
        Properties shown = show(place, all);
        if (shown.get("LoadState").isEmpty() && place.user().isEmpty()) {
            throw new NoAnswerException(
                    "tried to ask systemd about " + place.unit() + " but systemctl gave no answer within "
                            + PATIENCE.toSeconds() + " s; see what this says: systemctl show " + place.unit());
        }
        return shown.get("LoadState").equals("loaded") ? shown : new Properties(Map.of());
    }

    private Properties show(ControlGroup place, String... properties) {
        Map<String, String> shown = new HashMap<>();
        Map<String, String> environment = new HashMap<>(HostCommand.PLAIN);
        List<String> question = new ArrayList<>(List.of(systemctl.toString()));
        place.user().ifPresent(uid -> {
            question.add("--user");
            environment.put("XDG_RUNTIME_DIR", "/run/user/" + uid);
        });
        question.add("show");
        for (String property : properties) {
            question.addAll(List.of("-p", property));
        }
        question.addAll(List.of("--", place.unit()));
        HostCommand.run(question, environment, PATIENCE).out().lines().forEach(line -> {
            int equals = line.indexOf('=');
            shown.put(
                    line.substring(0, Math.max(0, equals)),
                    line.substring(equals + 1).strip());
        });
        return new Properties(shown);
    }

    /** What systemctl shows; a property that it leaves out is nothing. */
    private record Properties(Map<String, String> shown) {
        String get(String property) {
            return shown.getOrDefault(property, "");
        }
    }
}
