/** Requests that were accepted: on disk, joined where they may be, carried out one after the other, also after a crash. */
@NullMarked
package dev.rollcall.trigger.queue;

import org.jspecify.annotations.NullMarked;
