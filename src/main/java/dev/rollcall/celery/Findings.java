package dev.rollcall.celery;

import dev.rollcall.core.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what deserves a word, from several threads, each thing once: a line is polled many times a second. */
final class Findings {
    /** A broken broker that words each failure differently must not fill the memory. */
    private static final int MOST = 200;

    private final Set<Finding> all = new LinkedHashSet<>();

    synchronized void add(Finding finding) {
        if (all.size() < MOST) {
            all.add(finding);
        }
    }

    synchronized List<Finding> list() {
        return new ArrayList<>(all);
    }
}
