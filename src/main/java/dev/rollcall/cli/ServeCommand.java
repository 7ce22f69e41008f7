package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The engine: runs until it is told to stop. */
@Command(
        name = "serve",
        description = "Restart targets by timer, by files and over HTTP, as the configuration says, until TERM or INT.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--log-format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "Of the log on stderr: text (default) or json.")
    private String logFormat = "text";

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    ServeCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException {
        RunName.checkForm(logFormat);
        Config config = common.wholeConfig();
        return machine.serve(config, common.trustedStateDir(config), logFormat.equals("json"));
    }
}
