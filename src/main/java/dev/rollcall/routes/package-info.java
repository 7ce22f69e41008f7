/** Route files: the packaged ones, and a user's that replace or join them. */
@NullMarked
package dev.rollcall.routes;

import org.jspecify.annotations.NullMarked;
