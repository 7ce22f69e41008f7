package dev.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives the machine to those commands that need one. */
final class Commands implements IFactory {
    /** A command that needs a machine has a constructor that takes it. */
    private final Machine machine;

    Commands(Machine machine) {
        this.machine = machine;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == RestartCommand.class) {
            return type.cast(new RestartCommand(machine));
        }
        if (type == PlanCommand.class) {
            return type.cast(new PlanCommand(machine));
        }
        if (type == RollCommand.class) {
            return type.cast(new RollCommand(machine));
        }
        if (type == RunsCommand.class) {
            return type.cast(new RunsCommand(machine));
        }
        if (type == CheckCommand.class) {
            return type.cast(new CheckCommand(machine));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
