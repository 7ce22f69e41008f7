package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import picocli.CommandLine.Command;

/** Says exactly what restart would do; touches nothing. */
@Command(name = "plan", description = "Say exactly what restart would do; touch nothing.")
final class PlanCommand extends TargetCommand {
    PlanCommand(Machine machine) {
        super(machine);
    }

    @Override
    int run(Resolved resolved, Screen screen) throws UsageException, Engine.Busy {
        Result result = look(resolved);
        screen.showPlan(result);
        return result.exitCode();
    }
}
