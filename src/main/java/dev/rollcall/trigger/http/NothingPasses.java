package dev.rollcall.trigger.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * No header, parameter or field of a form becomes a header of Camel's, whatever it is called, for components obey such headers; and of Camel's headers only those
 * of an answer get out.
 */
final class NothingPasses implements HeaderFilterStrategy {
    private static final Set<String> OF_AN_ANSWER = Set.of(
            "location", "retry-after", "www-authenticate", "content-security-policy", "accept", "accept-encoding");

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OF_AN_ANSWER.contains(name.toLowerCase(Locale.ROOT));
    }
}
