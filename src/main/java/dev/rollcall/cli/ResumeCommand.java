package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Backlog;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Request;
import dev.rollcall.engine.SupersededException;
import dev.rollcall.engine.Unfinished;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finishes a run that was cut off. */
@Command(
        name = "resume",
        description = "Finish a run that was cut off, or that left the service down.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ResumeCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--output", paramLabel = "FORM", defaultValue = "text", description = "text (default) or json.")
    private String output = "text";

    @Option(
            names = "--abandon",
            description = "Do nothing for this run any more: what it was to finish is gone, and its journal is closed.")
    private boolean abandon;

    @Option(names = "--requested-by", hidden = true, paramLabel = "WHO", defaultValue = "cli")
    private String requestedBy = "cli";

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN_ID",
            description =
                    "This run (default: the latest that has something left to do); its first characters are enough.")
    private @Nullable String runId;

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    ResumeCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException {
        RunName.checkForm(output);
        Screen screen = Screen.of(spec.commandLine(), output.equals("json"));
        Config config = common.config();
        Journal journal = machine.journal(common.trustedStateDir(config));
        if (runId == null) {
            return any(Backlog.of(journal), config, screen);
        }
        String id = RunName.find(journal, runId);
        Optional<Unfinished> run = Unfinished.of(id, journal);
        return run.isEmpty() ? screen.nothingToResume(id) : act(run.get(), config, screen);
    }

    private int any(Backlog backlog, Config config, Screen screen) throws UsageException {
        if (abandon) {
            throw new UsageException("tried to abandon a run but none is named; list them with: rollcall runs");
        }
        Optional<Unfinished> next = backlog.next();
        if (next.isPresent()) {
            backlog.unreadable().forEach(screen::say);
            return act(next.get(), config, screen);
        }
        if (!backlog.unreadable().isEmpty()) {
            throw new JournalException(backlog.unreadable().get(0));
        }
        return backlog.held()
                .map(held ->
                        screen.busy(held.by(), Resolved.again(config, held.run().asked())))
                .orElseGet(() -> screen.nothingToResume(""));
    }

    private int act(Unfinished run, Config config, Screen screen) throws UsageException {
        Request request = Resolved.again(config, run.asked());
        Interrupt interrupt = new Interrupt(run.changed());
        Signals.route(interrupt, screen);
        Engine engine = engine(run, config, interrupt);
        try {
            if (abandon) {
                return engine.abandon(run.runId(), request)
                        ? screen.abandoned(run.runId())
                        : screen.nothingToResume(run.runId());
            }
            Optional<Result> result = finish(engine, run, request, screen);
            result.ifPresent(screen::show);
            return result.map(Result::exitCode).orElseGet(() -> screen.nothingToResume(run.runId()));
        } catch (Engine.Busy busy) {
            return screen.busy(busy.holder(), request);
        } catch (SupersededException newer) {
            Problem problem = new Problem("NEWER_RUN", null, newer.getMessage(), true);
            return screen.refused(Refusals.document(request, problem, 4));
        }
    }

    private Optional<Result> finish(Engine engine, Unfinished run, Request request, Screen screen)
            throws Engine.Busy, SupersededException {
        try {
            return engine.resume(run.runId(), request, requestedBy, screen.progress());
        } finally {
            screen.settle();
        }
    }

    /** Where the service may be down, a user's broken route does not keep it down. */
    private Engine engine(Unfinished run, Config config, Interrupt interrupt) throws UsageException {
        Path stateDir = common.stateDir(config);
        try {
            return machine.engine(stateDir, config.journals(), config.routesDir(), interrupt);
        } catch (UsageException broken) {
            if (!run.changed()) {
                throw broken;
            }
            String why = broken.getMessage().replace("\n", "; ");
            return machine.engineDespite(why, stateDir, config.journals(), interrupt);
        }
    }
}
