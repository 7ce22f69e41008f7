/**
 * The one scenario that takes minutes: cut off everywhere. Packages are begun in the order of the alphabet, and what takes longest is begun first, so that
 * the others can be had meanwhile.
 */
package dev.rollcall.arena.cut;
