package dev.rollcall.engine;

import dev.rollcall.core.Result;
import dev.rollcall.port.Commands;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The Camel context with the packaged routes; steps are bound by the names that the routes use. */
final class Pipeline implements AutoCloseable {
    static final String ROUTES = "classpath:routes/restart.camel.yaml";

    private final CamelContext context;

    private Pipeline(CamelContext context) {
        this.context = context;
    }

    /**
     * Builds Camel and reads the routes, without the steps and without starting; needs nothing that a command line says. JMX, message
     * history and the like stay off, for a start-up is waited for by a person.
     */
    static DefaultCamelContext prepare(String file) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.setMessageHistory(false);
        context.getRegistry().bind("boundedExecutor", new BoundedExecutor());
        context.getRegistry().bind("commandBinding", new CommandBinding());
        context.build();
        try {
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource(file);
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException("the packaged routes do not load", e);
        }
        return context;
    }

    static Pipeline start(Map<String, Object> steps, DefaultCamelContext prepared) {
        steps.forEach(prepared.getRegistry()::bind);
        prepared.start();
        return new Pipeline(prepared);
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

    private Commands.Output run(Commands.Command command) {
        return context.createProducerTemplate().requestBody("direct:command", command, Commands.Output.class);
    }

    /** Commands that go through the pipeline's route to camel-exec, as soon as it is there. */
    static Commands commands(CompletableFuture<Pipeline> pipeline) {
        return command -> pipeline.join().run(command);
    }

    @Override
    public void close() {
        context.stop();
    }
}
