package dev.rollcall.celery;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an application names what it keeps in Redis.
 *
 * @param fanoutPrefix before a channel; {@code {db}} stands for the database
 * @param keyPrefix before every key and channel
 * @param control the setting {@code control_exchange}
 * @param filled whether {@code {db}} is filled in; older versions of kombu forget that behind sentinels
 */
record Naming(String fanoutPrefix, String keyPrefix, String control, boolean filled) {
    static final Naming USUAL = new Naming("/{db}.", "", "celery", true);
    private static final String SEPARATOR = "\u0006\u0016";

    /** From {@code broker_transport_options}. */
    static Naming of(JsonNode options, String control) {
        JsonNode prefix = options.path("fanout_prefix");
        String fanout = USUAL.fanoutPrefix;
        if (prefix.isTextual()) {
            // kombu takes an empty text as false
            fanout = prefix.asText();
        } else if (prefix.isBoolean() && !prefix.asBoolean()) {
            fanout = "";
        }
        return new Naming(fanout, options.path("global_keyprefix").asText(""), control, true);
    }

    Naming verbatim() {
        return new Naming(fanoutPrefix, keyPrefix, control, false);
    }

    /** The exchange that every node listens to. */
    String exchange() {
        return control + ".pidbox";
    }

    String replyExchange() {
        return "reply." + exchange();
    }

    String channel(int db) {
        String prefix = filled ? fanoutPrefix.replace("{db}", Integer.toString(db)) : fanoutPrefix;
        return keyPrefix + prefix + exchange();
    }

    String bindings() {
        return keyPrefix + "_kombu.binding." + replyExchange();
    }

    /** The names inside a binding have no prefix. */
    String binding(String oid) {
        return oid + SEPARATOR + SEPARATOR + oid + "." + replyExchange();
    }

    String replies(String oid) {
        return keyPrefix + oid + "." + replyExchange();
    }
}
