package dev.rollcall.trigger.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves to a receiver who has the same secret that a body is ours and unaltered. */
final class Signature {
    static final String HEADER = "X-Hub-Signature-256";
    static final Signature NONE = new Signature(Optional.empty());
    private static final String ALGORITHM = "HmacSHA256";

    private final Optional<SecretKeySpec> key;

    private Signature(Optional<SecretKeySpec> key) {
        this.key = key;
    }

    /** @throws IOException if there is no secret in the file; the sentence is for the operator */
    static Signature read(Path file) throws IOException {
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "tried to read the secret of events.webhook from " + file + " but " + e
                            + "; put the secret there, readable by Rollcall alone",
                    e);
        }
        if (secret.isEmpty()) {
            throw new IOException("tried to read the secret of events.webhook from " + file
                    + " but it is empty; put the secret there, or remove secret_file");
        }
        return of(secret);
    }

    static Signature of(String secret) {
        return new Signature(Optional.of(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM)));
    }

    Optional<String> of(byte[] body) {
        return key.map(k -> "sha256=" + HexFormat.of().formatHex(hmac(k, body)));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
