package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import picocli.CommandLine.Command;

/** Does it. */
@Command(name = "restart", description = "Restart supervisord and its Celery workers.")
final class RestartCommand extends TargetCommand {
    RestartCommand(Machine machine) {
        super(machine);
    }

    @Override
    boolean acts() {
        return true;
    }

    @Override
    int run(Resolved resolved, Screen screen) throws UsageException {
        Interrupt interrupt = new Interrupt();
        Signals.route(interrupt, screen);
        try {
            Result result = carryOut(resolved, interrupt, screen);
            screen.show(result);
            return result.exitCode();
        } catch (Engine.Busy busy) {
            return screen.busy(busy.holder(), resolved.request());
        }
    }

    private Result carryOut(Resolved resolved, Interrupt interrupt, Screen screen) throws UsageException, Engine.Busy {
        try {
            return engine(resolved, interrupt).run(resolved.request(), screen.progress());
        } finally {
            screen.settle();
        }
    }
}
