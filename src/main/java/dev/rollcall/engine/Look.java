package dev.rollcall.engine;

/** Finds out how a target stands, without touching it. */
interface Look {
    Site look() throws Refusal;
}
