/** When: the firings of timers and the windows of blackouts, from what the configuration says of them. Nothing here reads a clock. */
@NullMarked
package dev.rollcall.calendar;

import org.jspecify.annotations.NullMarked;
