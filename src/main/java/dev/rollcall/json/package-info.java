/** How the words of the core look as JSON: the same everywhere. */
@NullMarked
package dev.rollcall.json;

import org.jspecify.annotations.NullMarked;
