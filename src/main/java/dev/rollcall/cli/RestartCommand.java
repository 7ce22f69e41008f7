package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Does it. */
@Command(
        name = "restart",
        description = "Restart supervisord and its Celery workers.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestartCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    RestartCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException {
        Resolved resolved = Resolved.of(common, options, false);
        Interrupt interrupt = new Interrupt();
        Screen screen = Screen.of(spec.commandLine(), resolved.json());
        Signals.route(interrupt, screen);
        try {
            Result result = machine.engine(resolved.stateDir(), interrupt).run(resolved.request(), screen.progress());
            screen.show(result);
            return result.exitCode();
        } catch (Engine.Busy busy) {
            return screen.busy(busy.holder(), resolved.request());
        }
    }
}
