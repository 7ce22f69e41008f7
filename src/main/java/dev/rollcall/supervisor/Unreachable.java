package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.Reach;

/** No answer could be had; knows how far it got. The message is the cause only. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reach reach;

    Unreachable(Reach reach, String cause) {
        super(cause);
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }
}
