package dev.rollcall.routes;

import org.jspecify.annotations.Nullable;

/** A route file that Camel does not take. The message names the file, the line if Camel knows it, and what is wrong. */
public final class BrokenRoute extends RuntimeException {
    /** Of every problem and finding that tells of one. */
    public static final String CODE = "ROUTES_UNUSABLE";

    private static final long serialVersionUID = 1L;

    /** @param message one sentence: what, where, what to do */
    public BrokenRoute(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The sentence is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
