package dev.rollcall.engine;

/** The other branch of the route's condition on kill: there is nobody to kill. */
final class NothingLeft {
    public Swept confirm(Stopped stopped) {
        if (stopped.isLeftovers()) {
            throw new IllegalStateException("leftovers are alive: the route must go to kill");
        }
        return new Swept(stopped.going(), stopped.failure());
    }
}
