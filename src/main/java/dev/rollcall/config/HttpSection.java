package dev.rollcall.config;

import dev.rollcall.config.Triggers.Http;
import dev.rollcall.config.YamlTree.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code triggers.http}: where the engine listens. */
final class HttpSection {
    static final List<String> KEYS = List.of("host", "port", "token_file", "cert_file", "key_file");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final int HIGHEST_PORT = 65535;
    private static final int USUAL_PORT = 8787;

    private HttpSection() {}

    static Optional<Http> read(Mapping triggers, Reading reading) {
        Mapping http = triggers.mapping("http", KEYS);
        if (!triggers.has("http")) {
            return Optional.empty();
        }
        String host = http.text("host").orElse("127.0.0.1");
        int port = port(http);
        Optional<Path> token = reading.trusted(http, "token_file", Trust.Kind.SECRET);
        Optional<Path> certificate = reading.trusted(http, "cert_file", Trust.Kind.CERTIFICATE);
        Optional<Path> key = reading.trusted(http, "key_file", Trust.Kind.SECRET);
        if (token.isEmpty()
                && !http.has("token_file")
                && !LOOPBACK.matcher(host).matches()) {
            http.problem(
                    "host",
                    "without a token the engine listens on loopback only, and '" + host
                            + "' is not; add token_file, or leave host out");
        }
        if (http.has("cert_file") != http.has("key_file")) {
            http.problem(
                    http.has("cert_file") ? "cert_file" : "key_file",
                    "a certificate and its key belong together; add the other, or leave both out");
        }
        return Optional.of(new Http(host, port, token, certificate, key));
    }

    private static int port(Mapping http) {
        Optional<String> text = http.text("port");
        Optional<Integer> port = text.filter(t -> PORT.matcher(t).matches())
                .map(Integer::valueOf)
                .filter(p -> p <= HIGHEST_PORT);
        if (text.isPresent() && port.isEmpty()) {
            http.problem("port", "'" + text.get() + "' is no port; write 1 to 65535");
        }
        return port.orElse(USUAL_PORT);
    }
}
