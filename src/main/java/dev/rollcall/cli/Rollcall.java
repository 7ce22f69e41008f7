package dev.rollcall.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rollcall} itself: it only has subcommands. */
@Command(
        name = "rollcall",
        description =
                "Restarts a supervisord and its Celery workers: no old worker is left, no detached process is touched, "
                        + "no interrupted task goes unnamed.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done or nothing to do, 1 internal error, 2 bad usage, 3 another run holds the target, 4 refused and",
            "nothing changed, 5 up but something needs a look, 6 the service is down, 128+signal interrupted before anything",
            "was changed."
        })
public final class Rollcall implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    Rollcall() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: restart, plan, roll, resume, runs, check");
    }

    /** @param args their first word decides which subcommand is built: reflection on all of them costs a tenth of a second */
    public static CommandLine commandLine(Machine machine, String[] args) {
        Map<String, Supplier<Object>> all = new TreeMap<>(Map.of(
                "restart", () -> new RestartCommand(machine),
                "plan", () -> new PlanCommand(machine),
                "roll", () -> new RollCommand(machine),
                "runs", () -> new RunsCommand(machine),
                "check", () -> new CheckCommand(machine),
                "version", VersionCommand::new,
                "completion", CompletionCommand::new,
                "resume", () -> new ResumeCommand(machine),
                "serve", () -> new ServeCommand(machine)));
        CommandLine root = new CommandLine(new Rollcall());
        String first = args.length == 0 ? "" : args[0];
        boolean one = all.containsKey(first) && !first.equals("completion");
        all.forEach((name, command) -> {
            if (!one || name.equals(first)) {
                root.addSubcommand(name, command.get());
            }
        });
        return root.setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true));
    }
}
