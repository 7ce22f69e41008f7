package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Celery;

/** The roll is taken and nothing speaks against the restart; nothing is on disk yet. */
record Inspected(Run run, Site site, Event.RollTaken taken, Celery.Line line) implements Checked {
    Roll roll() {
        return taken.roll();
    }

    @Override
    public boolean isRefused() {
        return false;
    }
}
