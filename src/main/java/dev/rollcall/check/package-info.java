/** Explains what the configuration means to the engine, and tests what can be tested without starting one; touches nothing. */
@NullMarked
package dev.rollcall.check;

import org.jspecify.annotations.NullMarked;
