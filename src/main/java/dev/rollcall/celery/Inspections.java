package dev.rollcall.celery;

import dev.rollcall.celery.ExecRemoteControl.Inspection;
import dev.rollcall.core.Finding;
import dev.rollcall.port.Celery.Settings;
import dev.rollcall.port.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out how {@code celery inspect} is called for a worker: as configured, else as the worker itself was called. */
final class Inspections {
    private final Commands commands;
    private final Settings settings;
    private final Findings findings;

    Inspections(Commands commands, Settings settings, Findings findings) {
        this.commands = commands;
        this.settings = settings;
        this.findings = findings;
    }

    /** One for each application among these workers. */
    List<Transport> of(List<Worker> workers) {
        Map<List<Object>, Worker> applications = new LinkedHashMap<>();
        workers.forEach(w -> applications.putIfAbsent(Application.key(w), w));
        List<Transport> transports = new ArrayList<>();
        for (Worker worker : applications.values()) {
            inspection(worker)
                    .ifPresentOrElse(
                            i -> transports.add(new ExecRemoteControl(commands, new Confinement(worker), i, findings)),
                            () -> findings.add(Finding.warning(
                                    "EXEC_NOT_FOUND",
                                    "tried to find celery inspect for " + worker
                                            + " but neither its Python nor exec_inspect is a program",
                                    "set exec_inspect in Rollcall's configuration, with an absolute path")));
        }
        return transports;
    }

    private Optional<Inspection> inspection(Worker worker) {
        return argv(worker).map(argv -> new Inspection(argv, environment(worker)));
    }

    private Optional<List<String>> argv(Worker worker) {
        List<String> configured = settings.execInspect();
        if (!configured.isEmpty()) {
            return program(worker, configured.get(0)).map(p -> {
                List<String> argv = new ArrayList<>(List.of(p.toString()));
                argv.addAll(configured.subList(1, configured.size()));
                return argv;
            });
        }
        return worker.interpreter().map(python -> {
            List<String> argv = new ArrayList<>(List.of(python.toString(), "-m", "celery"));
            argv.addAll(worker.arguments().forCelery());
            argv.add("inspect");
            return argv;
        });
    }

    private static Optional<Path> program(Worker worker, String name) {
        return name.startsWith("/") ? Optional.of(Path.of(name)) : worker.onPath(name);
    }

    /** A broker on the worker's command line goes through the environment: argv is open to every user of the host. */
    private Map<String, String> environment(Worker worker) {
        Map<String, String> more = new HashMap<>();
        worker.arguments().broker().ifPresent(url -> more.put("CELERY_BROKER_URL", url));
        String configured = settings.broker();
        if (configured != null) {
            more.put("CELERY_BROKER_URL", configured);
        }
        return more;
    }
}
