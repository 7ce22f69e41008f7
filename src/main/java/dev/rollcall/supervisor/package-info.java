/** Speaks XML-RPC with a supervisord and reads its configuration the way it does itself. */
@NullMarked
package dev.rollcall.supervisor;

import org.jspecify.annotations.NullMarked;
