/** What comes out of runs, for others: events as they are written, the outbox, metrics, readiness, logs. */
@NullMarked
package dev.rollcall.trigger.events;

import org.jspecify.annotations.NullMarked;
