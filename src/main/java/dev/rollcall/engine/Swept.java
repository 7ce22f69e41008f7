package dev.rollcall.engine;

import java.util.Optional;

/**
 * No leftover is alive, or those that are have been reported.
 *
 * @param stuck supervisord has not gone: it must not be started a second time
 */
record Swept(Going going, Optional<Failure> stuck) {}
