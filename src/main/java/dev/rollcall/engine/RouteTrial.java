package dev.rollcall.engine;

import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import java.util.List;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;

/** Whether a run can go by the route files of a user's folder, found out before anything depends on it. */
public final class RouteTrial {
    /** What the packaged routes find in the registry. */
    static final Set<String> BEANS = Set.of(
            "preflight",
            "inspect",
            "persist",
            "drain",
            "announce",
            "pickUp",
            "shutdown",
            "kill",
            "nothingLeft",
            "start",
            "verify",
            "conclude",
            "refuse",
            "showPlan");

    /** What runs are sent to, or send each other to. */
    private static final List<String> NEEDED = List.of("restart", "resume", "plan", "refused", "command");

    /** In the place of a step: only that there is one is tried. */
    static final class StandIn {
        public Object act(Object body) {
            return body;
        }
    }

    private RouteTrial() {}

    /**
     * Builds all routes that a run uses and begins nothing.
     *
     * @return the hooks that there are, each with file and line
     * @throws BrokenRoute with file and line
     */
    public static List<String> hooks(RouteFiles files) {
        if (files.folder().isEmpty()) {
            return List.of();
        }
        DefaultCamelContext context = Pipeline.prepare(files);
        BEANS.forEach(name -> context.getRegistry().bind(name, new StandIn()));
        context.setAutoStartup(false);
        try {
            files.build(context);
            NEEDED.forEach(name -> files.need(context, RouteFiles.RESTART, "direct:" + name));
            return Hook.placesIn(context).entrySet().stream()
                    .map(hook -> hook.getKey().uri() + " of " + hook.getValue())
                    .toList();
        } finally {
            context.stop();
        }
    }

    /** Only reads the files that the engine has for its triggers: what they need is not there yet. */
    public static void read(RouteFiles files) {
        DefaultCamelContext context = RouteFiles.lean();
        try {
            context.build();
            files.load(context, RouteFiles.TRIGGERS);
            files.load(context, RouteFiles.EVENTS);
        } finally {
            context.stop();
        }
    }
}
