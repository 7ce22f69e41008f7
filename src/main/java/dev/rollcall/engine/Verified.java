package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Service;
import java.util.Optional;

/**
 * What is true at the end.
 *
 * @param changed false if the old supervisord runs on as if nothing had been
 */
record Verified(Going going, Service service, Optional<Problem> failure, boolean changed) {}
