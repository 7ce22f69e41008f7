/** The state folder: what a run did, on disk before it is done; the kernel's locks; pid files. */
@NullMarked
package dev.rollcall.journal;

import org.jspecify.annotations.NullMarked;
