package dev.rollcall.engine;

import dev.rollcall.port.Celery;
import dev.rollcall.port.Recorded;

/** The roll is on disk: from here on it may be acted on. */
record Persisted(Run run, Site site, Recorded recorded, Celery.Line line) implements Checked {
    @Override
    public boolean isRefused() {
        return false;
    }
}
