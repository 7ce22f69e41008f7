/** The processes of a Linux host: who is alive, how it was started, and the one place that signals are sent from. */
@NullMarked
package dev.rollcall.linux;

import org.jspecify.annotations.NullMarked;
