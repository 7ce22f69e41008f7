package dev.rollcall.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rollcall} itself: it only has subcommands. */
@Command(
        name = "rollcall",
        description =
                "Restarts a supervisord and its Celery workers: no old worker is left, no detached process is touched, no interrupted task goes unnamed.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RestartCommand.class,
            PlanCommand.class,
            RollCommand.class,
            RunsCommand.class,
            CheckCommand.class,
            VersionCommand.class,
            CompletionCommand.class,
            LaterCommand.Resume.class,
            LaterCommand.Serve.class,
        },
        footer = {
            "",
            "Exit codes: 0 done or nothing to do, 1 internal error, 2 bad usage, 3 another run holds the target, 4 refused and nothing",
            "changed, 5 up but something needs a look, 6 the service is down, 128+signal interrupted before anything was changed."
        })
public final class Rollcall implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    Rollcall() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: restart, plan, roll, runs, check");
    }

    public static CommandLine commandLine(Machine machine) {
        return new CommandLine(new Rollcall(), new Commands(machine))
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true));
    }
}
