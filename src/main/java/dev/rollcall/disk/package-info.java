/** Files that outlive a power cut. */
@NullMarked
package dev.rollcall.disk;

import org.jspecify.annotations.NullMarked;
