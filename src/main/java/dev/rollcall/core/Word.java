package dev.rollcall.core;

import java.util.Locale;

/** A constant that is said in lower case: the word is the same in route, journal, result, metric and log. */
interface Word {
    String name();

    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
