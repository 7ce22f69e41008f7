package dev.rollcall.trigger;

/** Takes requests from all triggers. */
public interface Intake {
    /** Returns when the request is on disk or has been declined; never later than a few flushes of the disk, for it waits for no run. */
    Answer ask(Ask ask);
}
