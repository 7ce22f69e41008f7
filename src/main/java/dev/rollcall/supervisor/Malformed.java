package dev.rollcall.supervisor;

/** Bytes that are no answer of XML-RPC over HTTP; the message is the cause only. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String cause) {
        super(cause);
    }
}
