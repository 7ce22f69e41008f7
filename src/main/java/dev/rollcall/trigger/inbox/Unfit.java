package dev.rollcall.trigger.inbox;

/** A file that is no request. The message is for whoever dropped it. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
        super(message);
    }

    /** The sentence is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
