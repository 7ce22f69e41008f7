package dev.rollcall.trigger.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.platform.http.HttpEndpointModel;

/** What the routes listen to. */
final class Addresses {
    private static final Pattern NAMED = Pattern.compile("\\{[^/}]+}");

    private Addresses() {}

    /** The methods of all routes of this path, as Allow lists them. */
    static String methods(String path, Collection<HttpEndpointModel> routes) {
        return routes.stream()
                .filter(r -> path.matches(pattern(r.getUri())))
                .flatMap(r -> r.getVerbs() == null
                        ? Stream.empty()
                        : Arrays.stream(r.getVerbs().split(",")))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String pattern(String uri) {
        return NAMED.splitAsStream(uri + "\0")
                        .map(literal -> literal.isEmpty() ? "" : Pattern.quote(literal.replace("\0", "")))
                        .collect(Collectors.joining("[^/]+"))
                + "/?";
    }
}
