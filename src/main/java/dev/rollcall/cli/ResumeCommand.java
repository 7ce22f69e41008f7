package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Request;
import dev.rollcall.engine.Unfinished;
import dev.rollcall.port.Journal;
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
        Path stateDir = common.stateDir(config);
        Journal journal = machine.journal(stateDir);
        Optional<Unfinished> run = find(journal);
        if (run.isEmpty()) {
            return screen.nothingToResume(runId == null ? "" : RunName.find(journal, runId));
        }
        Request request = Resolved.again(config, run.get().asked());
        Interrupt interrupt = new Interrupt();
        Signals.route(interrupt, screen);
        try {
            Optional<Result> result = machine.engine(stateDir, config.journals(), interrupt)
                    .resume(run.get().runId(), request, requestedBy, screen.progress());
            if (result.isEmpty()) {
                return screen.nothingToResume(run.get().runId());
            }
            screen.show(result.get());
            return result.get().exitCode();
        } catch (Engine.Busy busy) {
            return screen.busy(busy.holder(), request);
        } catch (Engine.Superseded newer) {
            Problem problem = new Problem("NEWER_RUN", null, newer.getMessage(), true);
            return screen.refused(Refusals.document(request, problem, 4));
        }
    }

    private Optional<Unfinished> find(Journal journal) throws UsageException {
        return runId == null ? Unfinished.latest(journal) : Unfinished.of(RunName.find(journal, runId), journal);
    }
}
