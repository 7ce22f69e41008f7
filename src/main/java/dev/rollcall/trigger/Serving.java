package dev.rollcall.trigger;

import dev.rollcall.routes.RouteFiles;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** The engine's one Camel context that lives as long as it, with the parts that have joined it. */
public final class Serving implements AutoCloseable {
    private final List<Part> parts;
    private final DefaultCamelContext context;

    private Serving(List<Part> parts, DefaultCamelContext context) {
        this.parts = parts;
        this.context = context;
    }

    /**
     * Reads the routes, lets the parts join and starts everything, or nothing: what was started is stopped again if a later part cannot be.
     *
     * @param parts the last one is the first to take anything
     * @throws Exception whose message is for the operator
     */
    public static Serving start(RouteFiles files, List<Part> parts) throws Exception {
        DefaultCamelContext context = RouteFiles.lean();
        context.build();
        files.load(context, RouteFiles.TRIGGERS);
        files.load(context, RouteFiles.EVENTS);
        files.loadOthers(context);
        Serving serving = new Serving(parts, context);
        boolean started = false;
        try {
            for (Part part : parts) {
                part.join(context);
            }
            context.start();
            started = true;
            return serving;
        } finally {
            if (!started) {
                serving.close();
            }
        }
    }

    /** Takes nothing new any more. */
    public void drain() {
        parts.forEach(Part::close);
    }

    @Override
    public void close() {
        drain();
        context.stop();
    }
}
