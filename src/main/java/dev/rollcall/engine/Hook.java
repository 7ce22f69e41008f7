package dev.rollcall.engine;

import dev.rollcall.routes.RouteFiles;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that a user may define, and that a run then calls. */
enum Hook {
    BEFORE_SHUTDOWN,
    AFTER_RESTART,
    ON_FAILURE;

    /** As it stands in a route, the journal and every message. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String uri() {
        return "direct:" + word();
    }

    /** File and line of those that the route files of this context define. */
    static Map<Hook, String> placesIn(DefaultCamelContext context) {
        Map<Hook, String> places = new EnumMap<>(Hook.class);
        for (Hook hook : values()) {
            RouteFiles.placeOf(context, hook.uri()).ifPresent(place -> places.put(hook, place));
        }
        return places;
    }
}
