package dev.rollcall.engine;

/** A later run of the same configuration has taken over what a run had left, and was cut off too. */
public final class SupersededException extends Exception {
    private static final long serialVersionUID = 1L;

    SupersededException(String run, String by) {
        super("tried to resume run " + run + " but run " + by
                + " has taken over from it, and was cut off as well; finish that one with: rollcall resume " + by);
    }

    /** The sentence is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
