package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands about one target share: its options, and an engine for it. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class TargetCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    TargetCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException, Engine.Busy {
        Resolved resolved = resolved();
        return run(resolved, screen(resolved.json()));
    }

    final CommonOptions common() {
        return common;
    }

    final Resolved resolved() throws UsageException {
        return Resolved.of(common, options, !acts());
    }

    final Screen screen(boolean json) {
        return Screen.of(spec.commandLine(), json);
    }

    final boolean wantsJson() {
        return options.wantsJson();
    }

    /** For a document about a request that was refused. */
    final Options asFarAsKnown() {
        return options.asFarAsKnown();
    }

    final String asker() {
        return options.asker();
    }

    /** Whether it changes anything; the others only look. */
    boolean acts() {
        return false;
    }

    /** @return the exit code */
    abstract int run(Resolved resolved, Screen screen) throws UsageException, Engine.Busy;

    final Engine engine(Resolved resolved, Interrupt interrupt) throws UsageException {
        return machine.engine(resolved.stateDir(), resolved.journals(), resolved.routesDir(), interrupt);
    }

    final Result look(Resolved resolved) throws UsageException, Engine.Busy {
        return engine(resolved, new Interrupt()).run(resolved.request(), Progress.NONE);
    }
}
