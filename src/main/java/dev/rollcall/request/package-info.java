/** From options and configuration to a request that an engine can carry out; the same for the command line and for triggers. */
@NullMarked
package dev.rollcall.request;

import org.jspecify.annotations.NullMarked;
