package dev.rollcall.engine;

/** Preflight has found nothing against the restart. */
record Cleared(Run run, Site site) implements Checked {
    @Override
    public boolean isRefused() {
        return false;
    }
}
