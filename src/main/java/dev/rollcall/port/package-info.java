/** What the engine needs of the world, as small interfaces; adapters implement them, tests replace all of them at once. */
@NullMarked
package dev.rollcall.port;

import org.jspecify.annotations.NullMarked;
