package dev.rollcall.config;

/** What somebody wrote cannot be done as written: exit code 2, nothing touched. The message is for that person. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public UsageException(String message) {
        this("BAD_REQUEST", message);
    }

    /** @param code stable, listed in docs/errors.md */
    public UsageException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The sentence is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
