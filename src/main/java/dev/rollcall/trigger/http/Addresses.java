package dev.rollcall.trigger.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the routes listen to. */
final class Addresses {
    private static final Pattern NAMED = Pattern.compile(":[^/]+");

    private Addresses() {}

    /** The methods of all routes of this path, as Allow lists them. */
    static String methods(String path, Collection<Route> routes) {
        return routes.stream()
                .filter(r -> r.getPath() != null && path.matches(pattern(r.getPath())))
                .flatMap(r -> Optional.ofNullable(r.methods()).stream().flatMap(m -> m.stream()))
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Of {@code /runs/:id/events}; a slash at the end makes no other path of it. */
    static String pattern(String path) {
        return Stream.of(NAMED.split(path, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+")) + "/?";
    }
}
