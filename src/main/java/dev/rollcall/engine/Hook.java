package dev.rollcall.engine;

import java.util.Locale;

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
}
