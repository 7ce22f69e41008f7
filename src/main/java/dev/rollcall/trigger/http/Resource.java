package dev.rollcall.trigger.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that are packaged beside this class. */
final class Resource {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    private Resource() {}

    static Operation api() {
        return call -> {
            call.query().read(List.of());
            return Reply.of(200, "application/yaml", bytes("openapi.yaml"));
        };
    }

    /** Only the page's own script and style run, by their hashes, and it speaks to nobody but the engine. */
    static Operation page() {
        byte[] page = bytes("page.html");
        String policy = policy(new String(page, StandardCharsets.UTF_8));
        return call -> Reply.of(200, "text/html; charset=utf-8", page).with("Content-Security-Policy", policy);
    }

    static String policy(String page) {
        return "default-src 'none'; script-src " + hashes(SCRIPT, page) + "; style-src " + hashes(STYLE, page)
                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hashes(Pattern element, String page) {
        return element.matcher(page).results().map(Resource::hash).collect(Collectors.joining(" "));
    }

    private static String hash(MatchResult element) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(element.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream file = Resource.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not packaged");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged file cannot be read", e);
        }
    }
}
