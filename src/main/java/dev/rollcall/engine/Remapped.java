package dev.rollcall.engine;

import dev.rollcall.core.CeleryCommand;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Processes;
import java.util.Optional;

/**
 * Celery's {@code REMAP_SIGTERM}, which makes a warm stop a cold one. The environment of another user's process is closed even to root in a
 * container; then it counts what supervisord starts the program with.
 */
record Remapped(Processes processes, Site site) {
    private static final String VARIABLE = "REMAP_SIGTERM";

    /** @return empty text if it is not set, nothing if nobody knows */
    Optional<String> of(ProcessEntry main, String program) {
        boolean seen = !main.marks().isEmpty()
                || !CeleryCommand.isTitled(main.argv()) && processes.showsEnvironment(main.pid());
        return seen ? Optional.of(main.marks().getOrDefault(VARIABLE, "")) : configured(program);
    }

    private Optional<String> configured(String name) {
        boolean known =
                site.programs().stream().filter(p -> p.fullName().equals(name)).anyMatch(this::saysAll);
        return site.conf().launches().stream()
                .filter(launch -> known && launch.program().equals(name))
                .map(SupervisorConf.Launch::remap)
                .findFirst();
    }

    /** Command and script may set it before they start the worker; what is neither a worker's command nor a script that can be read may do so unseen. */
    private boolean saysAll(Program program) {
        String script = new CommandScript(site).text(program);
        boolean legible = CeleryCommand.startsWorker(program.command()) || !script.isBlank();
        return legible && !program.command().contains(VARIABLE) && !script.contains(VARIABLE);
    }
}
