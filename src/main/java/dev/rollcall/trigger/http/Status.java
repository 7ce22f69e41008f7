package dev.rollcall.trigger.http;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a problem can be, as RFC 9110 and its companions name it, and what a client is told to do. */
enum Status {
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized", Map.of("WWW-Authenticate", "Bearer realm=\"rollcall\"")),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    TIMEOUT(408, "Request Timeout"),
    CONFLICT(409, "Conflict"),
    TOO_LARGE(413, "Content Too Large"),
    ADDRESS_TOO_LONG(414, "URI Too Long"),
    UNSUPPORTED(415, "Unsupported Media Type", Map.of("Accept", "application/json", "Accept-Encoding", "identity")),
    EXPECTATION_FAILED(417, "Expectation Failed"),
    MISDIRECTED(421, "Misdirected Request"),
    UNPROCESSABLE(422, "Unprocessable Content"),
    HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
    INTERNAL(500, "Internal Server Error"),
    UNAVAILABLE(503, "Service Unavailable", Map.of("Retry-After", "5")),
    NO_SPACE(507, "Insufficient Storage");

    private final int code;
    private final String title;
    private final Map<String, String> headers;

    Status(int code, String title) {
        this(code, title, Map.of());
    }

    Status(int code, String title, Map<String, String> headers) {
        this.code = code;
        this.title = title;
        this.headers = headers;
    }

    static Optional<Status> of(int code) {
        return Stream.of(values()).filter(s -> s.code == code).findFirst();
    }

    int code() {
        return code;
    }

    String title() {
        return title;
    }

    Map<String, String> headers() {
        return headers;
    }
}
