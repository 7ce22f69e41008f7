/** Talks to Celery nodes: the pidbox wire format once, one class a transport, and the search for the broker. */
@NullMarked
package dev.rollcall.celery;

import org.jspecify.annotations.NullMarked;
