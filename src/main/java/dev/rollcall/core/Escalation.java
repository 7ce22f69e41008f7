package dev.rollcall.core;

import java.time.Duration;

/** What to do next while supervisord should be going away: the whole of the time-dependent logic, without a clock. */
public final class Escalation {
    /** The possible next moves. */
    public enum Move {
        WAIT,
        /** Supervisord is gone. */
        DONE,
        /** The time is up: end what is on the roll; supervisord may follow then. */
        KILL_LEFTOVERS,
        /** It has outlived its time and has nobody left to wait for (S15). */
        KILL_SUPERVISORD,
        /** It still waits for processes that are not ours to kill. */
        GIVE_UP
    }

    /**
     * @param children whether supervisord has living children
     * @param leftovers whether processes of the roll are alive
     * @param elapsed since the shutdown was asked for
     * @param budget what the request allows
     * @param patience what supervisord itself may need by its own rules
     */
    public record Scene(
            boolean supervisord,
            boolean children,
            boolean leftovers,
            Duration elapsed,
            Duration budget,
            Duration patience) {}

    private Escalation() {}

    public static Move next(Scene scene) {
        if (!scene.supervisord()) {
            return Move.DONE;
        }
        if (scene.elapsed().compareTo(scene.budget()) < 0) {
            return Move.WAIT;
        }
        if (scene.leftovers()) {
            return Move.KILL_LEFTOVERS;
        }
        if (!scene.children()) {
            return Move.KILL_SUPERVISORD;
        }
        return scene.elapsed().compareTo(scene.patience()) < 0 ? Move.WAIT : Move.GIVE_UP;
    }
}
