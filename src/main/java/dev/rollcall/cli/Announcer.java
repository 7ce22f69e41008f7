package dev.rollcall.cli;

import dev.rollcall.core.Event;
import dev.rollcall.engine.Progress;

/** Says which run it is as soon as there is one: a program whose engine is killed has no document to learn it from. */
record Announcer(Spool spool) implements Progress {
    @Override
    public void underWay(String runId) {
        spool.say(Screen.line("run " + runId + " is under way"));
    }

    @Override
    public void happened(Event event) {}

    @Override
    public void waiting(String forWhat) {}
}
