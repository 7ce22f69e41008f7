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

/** Says exactly what restart would do; touches nothing. */
@Command(
        name = "plan",
        description = "Say exactly what restart would do; touch nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PlanCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    PlanCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException, Engine.Busy {
        Resolved resolved = Resolved.of(common, options, true);
        Result result = machine.engine(resolved.stateDir(), new Interrupt()).run(resolved.request(), Progress.NONE);
        Screen.of(spec.commandLine(), resolved.json()).showPlan(result);
        return result.exitCode();
    }
}
