package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import java.util.Optional;

/**
 * No leftover is alive, or those that are have been reported.
 *
 * @param stuck supervisord would not go: it must not be started a second time
 */
record Swept(Going going, Optional<Problem> stuck) {}
