/** The way in, and the one place where all parts meet. */
@NullMarked
package dev.rollcall;

import org.jspecify.annotations.NullMarked;
