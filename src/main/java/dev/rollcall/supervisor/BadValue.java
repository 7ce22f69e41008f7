package dev.rollcall.supervisor;

/** A value that supervisord would refuse; knows the reason only, the section that holds the value adds where it stands. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    private final String remedy;

    BadValue(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
