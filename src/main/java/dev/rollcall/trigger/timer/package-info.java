/** Restarts by the calendar. Quartz rings; what is due then, and what became of it, is on disk and decided without Quartz or Camel. */
@NullMarked
package dev.rollcall.trigger.timer;

import org.jspecify.annotations.NullMarked;
