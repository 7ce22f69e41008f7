package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the roll and shows it; touches nothing. */
@Command(
        name = "roll",
        description = "Take the roll and show it; touch nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RollCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    RollCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException, Engine.Busy {
        Resolved resolved = Resolved.of(common, options, true);
        Result result = machine.engine(resolved.stateDir(), new Interrupt()).run(resolved.request(), Progress.NONE);
        return Screen.of(spec.commandLine(), resolved.json()).showRoll(result);
    }
}
