package dev.rollcall.trigger;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of one trigger.
 *
 * @param options the options of a request as they were given, in snake_case; besides those of a restart {@code override} and {@code defer}
 * @param by timer:NAME, file:NAME or http
 * @param key names this very request: asked again under the same key, it is the same run. Empty if it can never be asked again
 */
public record Ask(Map<String, ? extends @Nullable Object> options, String by, Optional<String> key) {}
