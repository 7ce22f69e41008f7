/** The command line: commands hold options and delegate; results go to stdout, everything else to stderr. */
@NullMarked
package dev.rollcall.cli;

import org.jspecify.annotations.NullMarked;
