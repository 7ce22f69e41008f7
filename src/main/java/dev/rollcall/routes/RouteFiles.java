package dev.rollcall.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Which route files make up a context: the packaged ones, unless the user's folder has one of the same name; and the others in that folder, which join.
 *
 * @param folder the configuration's {@code routes_dir}
 */
public record RouteFiles(Optional<Path> folder) {
    public static final RouteFiles PACKAGED = new RouteFiles(Optional.empty());

    public static final String RESTART = "restart.camel.yaml";
    public static final String TRIGGERS = "triggers.camel.yaml";
    public static final String EVENTS = "events.camel.yaml";

    public static final String END = ".camel.yaml";

    private static final Set<String> NAMES = Set.of(RESTART, TRIGGERS, EVENTS);
    private static final Pattern LINE = Pattern.compile("\\bline[ :]+(\\d+)");

    /**
     * A context without what a start-up would wait for and nobody here needs: JMX, message history, type converters found by a search. It has no routes and is
     * not started.
     */
    public static DefaultCamelContext lean() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.setMessageHistory(false);
        return context;
    }

    /** @param name of a packaged file */
    public void load(CamelContext context, String name) {
        read(context, own(name).map(RouteFiles::place).orElse("classpath:routes/" + name));
    }

    private Optional<Path> own(String name) {
        return folder.map(f -> f.resolve(name)).filter(Files::isRegularFile);
    }

    /** Everything else in the user's folder. */
    public void loadOthers(DefaultCamelContext context) {
        for (Path file : others()) {
            List<RouteDefinition> before = List.copyOf(context.getRouteDefinitions());
            read(context, place(file));
            refuseReplaced(context, before);
        }
    }

    /** Camel silently drops a route when another comes with its id: a hook that is called restart would be the restart. */
    private static void refuseReplaced(DefaultCamelContext context, List<RouteDefinition> before) {
        List<RouteDefinition> now = context.getRouteDefinitions();
        before.stream().filter(route -> !now.contains(route)).findFirst().ifPresent(lost -> {
            String id = lost.getRouteId();
            String by = now.stream()
                    .filter(route -> String.valueOf(id).equals(route.getRouteId()))
                    .map(RouteFiles::place)
                    .findFirst()
                    .orElse("");
            throw new BrokenRoute(
                    "tried to use the route " + by + " but " + place(lost) + " has the same id, " + id
                            + "; give it another",
                    null);
        });
    }

    private static void refuseTwins(DefaultCamelContext context) {
        Map<String, RouteDefinition> taken = new HashMap<>();
        for (RouteDefinition route : context.getRouteDefinitions()) {
            RouteDefinition first = taken.putIfAbsent(input(route), route);
            if (first != null) {
                throw new BrokenRoute(
                        "tried to use the route " + place(route) + " but " + place(first) + " takes what is sent to "
                                + input(route) + " already; put them into one",
                        null);
            }
        }
    }

    /** The same, but only what waits to be called: a run is no place for a user's timers. */
    public void loadHooks(DefaultCamelContext context) {
        List<RouteDefinition> packaged = List.copyOf(context.getRouteDefinitions());
        loadOthers(context);
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            if (!packaged.contains(route) && !input(route).startsWith("direct:")) {
                remove(context, route);
            }
        }
    }

    /** Makes what the files say, so that what is missing is known now; the routes do not run unless the context lets them. */
    public void build(DefaultCamelContext context) {
        refuseTwins(context);
        try {
            context.start();
        } catch (RuntimeException e) {
            throw broken(context, e);
        }
    }

    /** @param name of the packaged file that has such a route */
    public void need(DefaultCamelContext context, String name, String uri) {
        if (placeOf(context, uri).isEmpty()) {
            throw new BrokenRoute(
                    "tried to use the route file " + own(name).orElse(Path.of(name)) + " but it has no route from "
                            + uri + ", which the packaged one has; begin with a copy of that",
                    null);
        }
    }

    /** File and line of the route that takes what is sent there. */
    public static Optional<String> placeOf(DefaultCamelContext context, String uri) {
        return context.getRouteDefinitions().stream()
                .filter(route -> uri.equals(input(route)))
                .map(RouteFiles::place)
                .findFirst();
    }

    private static String input(RouteDefinition route) {
        String uri =
                route.getInput() == null ? "" : String.valueOf(route.getInput().getEndpointUri());
        return uri.replaceFirst("^direct:/*", "direct:").replaceFirst("\\?.*", "");
    }

    private static String place(RouteDefinition route) {
        String file =
                route.getResource() == null ? "" : shown(route.getResource().getLocation());
        return file + (route.getLineNumber() > 0 ? ":" + route.getLineNumber() : "");
    }

    private static BrokenRoute broken(DefaultCamelContext context, RuntimeException e) {
        Throwable cause = e;
        String where = "";
        while (cause.getCause() != null && cause.getCause() != cause) {
            if (cause instanceof FailedToCreateRouteException failed) {
                where = context.getRouteDefinitions().stream()
                        .filter(route -> String.valueOf(route.getId()).equals(failed.getRouteId()))
                        .map(RouteFiles::place)
                        .findFirst()
                        .orElse("");
            }
            cause = cause.getCause();
        }
        String words = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        return new BrokenRoute("tried to use the route " + where + " but " + words + "; mend it", e);
    }

    private static void remove(DefaultCamelContext context, RouteDefinition route) {
        try {
            context.removeRouteDefinition(route);
        } catch (Exception e) { // Camel's own signature
            throw new IllegalStateException("a route that was not started cannot be removed", e);
        }
    }

    private List<Path> others() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(f -> f.getFileName().toString().endsWith(END))
                    .filter(f -> !NAMES.contains(f.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BrokenRoute(
                    "tried to list the route files in " + folder.get() + " but " + e
                            + "; check routes_dir in the configuration",
                    e);
        }
    }

    private static String place(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    private static String shown(String location) {
        return location.replaceFirst("^(file|classpath):", "");
    }

    private static void read(CamelContext context, String place) {
        try {
            Resource resource = PluginHelper.getResourceLoader(context).resolveResource(place);
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        } catch (Exception e) { // whatever a user's file brings about is that user's to read
            String words = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            Matcher line = LINE.matcher(words);
            String where = shown(place) + (line.find() ? ":" + line.group(1) : "");
            throw new BrokenRoute("tried to load the route file " + where + " but " + words + "; mend it", e);
        }
    }
}
