package dev.rollcall.engine;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Service;
import java.util.Optional;

/**
 * What is true at the end.
 *
 * @param attention the service is up, but somebody should look
 */
record Verified(Going going, Service service, boolean attention, Optional<Problem> failure) {}
