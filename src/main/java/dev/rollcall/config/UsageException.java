package dev.rollcall.config;

/** What somebody wrote cannot be done as written: exit code 2, nothing touched. The message is for that person. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    /** The sentence is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
