/** One scenario a class, named for the incident it prevents; each runs the packaged launcher in an arena of its own. */
package dev.rollcall.arena.incident;
