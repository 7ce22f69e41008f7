package dev.rollcall.trigger.http;

import java.util.Map;

/**
 * Whether the engine can do its work.
 *
 * @param checks what was looked at, and {@code up} or a sentence that says what is wrong
 */
public record Health(boolean ready, Map<String, String> checks) {
    public Health {
        checks = Map.copyOf(checks);
    }
}
