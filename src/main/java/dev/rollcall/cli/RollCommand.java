package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.engine.Engine;
import picocli.CommandLine.Command;

/** Takes the roll and shows it; touches nothing. */
@Command(name = "roll", description = "Take the roll and show it; touch nothing.")
final class RollCommand extends TargetCommand {
    RollCommand(Machine machine) {
        super(machine);
    }

    @Override
    int run(Resolved resolved, Screen screen) throws UsageException, Engine.Busy {
        return screen.showRoll(look(resolved));
    }
}
