package dev.rollcall.core;

/**
 * Something a person should know that did not stop the run.
 *
 * @param code stable, listed in docs/errors.md
 * @param fix what to do about it, or empty
 */
public record Finding(String code, Severity severity, String message, String fix) {

    /** How much it matters; {@code ERROR} makes the exit code 5. */
    public enum Severity implements Word {
        INFO,
        WARNING,
        ERROR
    }

    public static Finding info(String code, String message, String fix) {
        return new Finding(code, Severity.INFO, message, fix);
    }

    public static Finding warning(String code, String message, String fix) {
        return new Finding(code, Severity.WARNING, message, fix);
    }

    public static Finding error(String code, String message, String fix) {
        return new Finding(code, Severity.ERROR, message, fix);
    }
}
