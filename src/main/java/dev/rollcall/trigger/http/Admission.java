package dev.rollcall.trigger.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Who may come in, by the head of the request alone. With a token, who knows it. Without one the engine is on loopback, and what comes from there may still be a
 * page of a stranger in somebody's browser: such a page cannot choose the Host of an address, nor hide its own origin.
 */
final class Admission {
    /** @param headers all values of a header, by its name in any case */
    record Head(String method, String path, Function<String, List<String>> headers) {
        private String first(String header) {
            return headers.apply(header).stream().findFirst().orElse("");
        }
    }

    private static final Pattern LOCAL = Pattern.compile("(?i:localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?");
    private static final Pattern JSON = Pattern.compile("(?i)application/json *(; *charset=\"?utf-8\"?)? *");
    private static final List<String> OWN_PAGE = List.of("", "same-origin", "none");

    private final Optional<Token> token;

    Admission(Optional<Token> token) {
        this.token = token;
    }

    /** Nothing if it may come in. */
    Optional<Reply> refuse(Head head) {
        boolean api = head.path().equals("/api") || head.path().startsWith("/api/");
        Optional<Reply> stranger = token.isPresent() ? Optional.empty() : foreign(head);
        if (stranger.isPresent()) {
            return stranger;
        }
        if (api && token.isPresent() && !token.get().isIn(head.headers().apply("Authorization"))) {
            return Optional.of(
                    Reply.problem(
                            Status.UNAUTHORIZED,
                            "UNAUTHORIZED",
                            "tried to answer but the request has not the engine's token; send it as Authorization: Bearer TOKEN"));
        }
        return Optional.empty();
    }

    private static Optional<Reply> foreign(Head head) {
        List<String> hosts = head.headers().apply("Host");
        if (hosts.size() != 1 || !LOCAL.matcher(hosts.get(0)).matches()) {
            return Optional.of(Reply.problem(
                    Status.MISDIRECTED,
                    "HOST_REFUSED",
                    "tried to answer but without a token the engine is only localhost, and the request is for another "
                            + "host; ask localhost, or set token_file"));
        }
        List<String> origins = head.headers().apply("Origin");
        boolean own = origins.isEmpty()
                || origins.size() == 1
                        && List.of("http://" + hosts.get(0), "https://" + hosts.get(0))
                                .contains(origins.get(0));
        if (own && OWN_PAGE.contains(head.first("Sec-Fetch-Site").toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(
                Reply.problem(
                        Status.FORBIDDEN,
                        "ORIGIN_REFUSED",
                        "tried to answer but a page of another site has sent the request; set token_file if it should be able to"));
    }

    /** Forms of a web page, uploads and whatever else a body can be are read by nobody. */
    static Optional<Reply> refuseBody(Head head) {
        String length = head.first("Content-Length");
        boolean empty = head.headers().apply("Transfer-Encoding").isEmpty() && (length.isEmpty() || length.equals("0"));
        if (!head.method().equals("POST") && empty) {
            return Optional.empty();
        }
        List<String> types = head.headers().apply("Content-Type");
        String encoding = head.first("Content-Encoding");
        if (types.size() == 1
                && JSON.matcher(types.get(0)).matches()
                && (encoding.isEmpty() || encoding.equalsIgnoreCase("identity"))) {
            return Optional.empty();
        }
        return Optional.of(Reply.problem(
                Status.UNSUPPORTED,
                "UNSUPPORTED_MEDIA_TYPE",
                "tried to read the request but it is not plain JSON; send it with Content-Type: application/json"));
    }
}
