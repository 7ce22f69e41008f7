/** The words of Rollcall as values, and every decision as a pure function: no I/O, no clock, no logger. */
@NullMarked
package dev.rollcall.core;

import org.jspecify.annotations.NullMarked;
