package dev.rollcall.trigger.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.core.Options;
import dev.rollcall.json.Json;
import dev.rollcall.trigger.Ask;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request that was accepted, as it stands on disk.
 *
 * @param options with defaults filled in
 * @param fingerprint of what was asked, to tell a repeat from another request under the same key
 * @param defer it waits for the end of a blackout
 */
record Voucher(Instant at, String by, @Nullable String key, String fingerprint, Options options, boolean defer) {

    /** What two requests have in common of which the second adds nothing. */
    String likeness() {
        return fingerprint + " " + by;
    }

    String line() {
        try {
            return Json.MAPPER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written as JSON", e);
        }
    }

    /** Nothing if the line is torn or altered. */
    static Optional<Voucher> read(String line) {
        try {
            Voucher read = Json.MAPPER.readValue(line, Voucher.class);
            boolean whole = read != null
                    && read.at != null
                    && read.by != null
                    && read.fingerprint != null
                    && read.options != null;
            return whole ? Optional.of(read) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The same options in another order are the same request. */
    static String fingerprint(Ask ask) {
        try {
            byte[] text = Json.MAPPER.writeValueAsBytes(new TreeMap<>(ask.options()));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a request has no fingerprint", e);
        }
    }
}
