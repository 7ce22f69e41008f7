package dev.rollcall.engine;

/** Whoever wanted to be told has been told, and has not objected; an interrupt is put off from here on. */
record Announced(Persisted persisted) implements Checked {
    @Override
    public boolean isRefused() {
        return false;
    }
}
