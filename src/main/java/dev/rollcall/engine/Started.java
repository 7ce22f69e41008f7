package dev.rollcall.engine;

import java.util.Optional;

/**
 * Supervisord answers again, or the start has failed.
 *
 * @param supervisord pid of the new one, 0 if there is none
 * @param failure why there is none
 */
record Started(Going going, long supervisord, Optional<Failure> failure) {}
