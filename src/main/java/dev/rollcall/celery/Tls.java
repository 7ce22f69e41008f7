package dev.rollcall.celery;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What redis-py was told about TLS.
 *
 * @param verify whether the broker must prove who it is
 * @param authorities file of certificates that are trusted; null for those of the Java runtime
 */
record Tls(boolean verify, @Nullable String authorities, @Nullable String certificate, @Nullable String key) {
    static final Tls USUAL = new Tls(true, null, null, null);

    /** From a URL's query or from {@code broker_use_ssl}; both use these keys. */
    static Tls of(Map<String, String> options) {
        String required = options.getOrDefault("ssl_cert_reqs", "required");
        // CERT_NONE, none, or the number 0 of Python's ssl module
        boolean none = required.equals("0") || required.toLowerCase(Locale.ROOT).endsWith("none");
        return new Tls(!none, options.get("ssl_ca_certs"), options.get("ssl_certfile"), options.get("ssl_keyfile"));
    }
}
