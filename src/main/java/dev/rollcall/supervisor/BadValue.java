package dev.rollcall.supervisor;

/** A value that supervisord would refuse; knows the reason only, the section that holds the value adds where it stands. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    /** A reason quotes values, and those may be of any length. */
    private static final int LONGEST = 300;

    private final String remedy;

    BadValue(String reason, String remedy) {
        super(reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason);
        this.remedy = remedy;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
