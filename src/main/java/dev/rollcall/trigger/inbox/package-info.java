/** Requests that other systems drop as files. */
@NullMarked
package dev.rollcall.trigger.inbox;

import org.jspecify.annotations.NullMarked;
