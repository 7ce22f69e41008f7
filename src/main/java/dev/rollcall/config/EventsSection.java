package dev.rollcall.config;

import dev.rollcall.config.YamlTree.Mapping;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code events}: where they are sent. */
final class EventsSection {
    static final List<String> KEYS = List.of("webhook");
    static final List<String> WEBHOOK_KEYS = List.of("url", "secret_file");

    private EventsSection() {}

    static Optional<Webhook> read(Mapping events, Reading reading) {
        Mapping webhook = events.mapping("webhook", WEBHOOK_KEYS);
        if (!events.has("webhook")) {
            return Optional.empty();
        }
        Optional<Path> secret = reading.trusted(webhook, "secret_file", Trust.Kind.SECRET);
        return webhook.required("url").flatMap(text -> url(webhook, text)).map(url -> new Webhook(url, secret));
    }

    /** A wrong one is not repeated: there may be a password in it. */
    private static Optional<URI> url(Mapping webhook, String text) {
        try {
            URI url = new URI(text);
            Optional<String> problem = problem(url);
            problem.ifPresent(p -> webhook.problem("url", p));
            return problem.isEmpty() ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            webhook.problem("url", "it is no URL (" + e.getReason() + "); write e.g. https://eda.example.org/endpoint");
            return Optional.empty();
        }
    }

    private static Optional<String> problem(URI url) {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)) {
            return Optional.of("it is neither http nor https; write e.g. https://eda.example.org/endpoint");
        }
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            return Optional.of("a user or password in it would be shown in logs; sign events with secret_file instead");
        }
        if (url.getHost() == null) {
            return Optional.of("it has no host; write e.g. https://eda.example.org/endpoint");
        }
        return url.getRawFragment() == null
                ? Optional.empty()
                : Optional.of("what follows # in it is never sent; leave it out");
    }
}
