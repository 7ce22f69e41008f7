package dev.rollcall.engine;

import dev.rollcall.core.Result;
import dev.rollcall.port.Commands;
import dev.rollcall.routes.RouteFiles;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;

/** The Camel context with the packaged routes; steps are bound by the names that the routes use. */
final class Pipeline implements AutoCloseable {
    /** For routes that are done with, or of a hook that nobody waits for. */
    private static final long LAST_SECONDS = 1;

    private final CamelContext context;
    private final Hooks hooks;

    private Pipeline(CamelContext context, Hooks hooks) {
        this.context = context;
        this.hooks = hooks;
    }

    /** Builds Camel and reads the routes, without the steps and without starting; needs nothing that a command line says. */
    static DefaultCamelContext prepare(RouteFiles files) {
        DefaultCamelContext context = RouteFiles.lean();
        context.getRegistry().bind("boundedExecutor", new BoundedExecutor());
        context.getRegistry().bind("commandBinding", new CommandBinding());
        context.build();
        files.load(context, RouteFiles.RESTART);
        files.loadHooks(context);
        return context;
    }

    static Pipeline start(Map<String, Object> steps, DefaultCamelContext prepared, Hooks hooks) {
        steps.forEach(prepared.getRegistry()::bind);
        prepared.start();
        return new Pipeline(prepared, hooks);
    }

    Hooks hooks() {
        return hooks;
    }

    Result send(String route, Run run) {
        try {
            return context.createProducerTemplate().requestBody("direct:" + route, run, Result.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw e;
        }
    }

    /** @throws CancellationException if the run is over meanwhile, refused for example: nobody waits for this any more */
    private Commands.Output run(Commands.Command command) {
        try {
            return context.createProducerTemplate().requestBody("direct:command", command, Commands.Output.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                throw new CancellationException("the run is over");
            }
            throw e;
        }
    }

    /** Commands that go through the pipeline's route to camel-exec, as soon as it is there. */
    static Commands commands(CompletableFuture<Pipeline> pipeline) {
        return command -> pipeline.join().run(command);
    }

    @Override
    public void close() {
        if (hooks.areStuck()) {
            context.getShutdownStrategy().setTimeout(LAST_SECONDS);
        }
        context.stop();
    }
}
