package dev.rollcall.trigger.http;

import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller must know. Only its digest is kept, and it is compared in a time that does not tell how much was right. */
final class Token {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]{1,512})");
    private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");
    private static final String MAKE = "; make one with: openssl rand -hex 32 > FILE; chmod 600 FILE";

    private final byte[] digest;

    private Token(String token) {
        digest = digest(token);
    }

    static Token read(Path file) throws UsageException {
        Trust.check(file, Trust.Kind.SECRET);
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new UsageException("tried to use " + file
                        + " as token but everybody on this machine may read it; run: chmod o-rwx " + file);
            }
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!GOOD.matcher(token).matches()) {
                throw new UsageException("tried to read the token in " + file
                        + " but it is not 16 to 512 letters, digits or any of . _ ~ + / = -" + MAKE);
            }
            return new Token(token);
        } catch (IOException e) {
            throw new UsageException("tried to read the token in " + file + " but it cannot be read ("
                    + e.getClass().getSimpleName() + ")" + MAKE);
        }
    }

    /** @param authorization all values of the header */
    boolean isIn(List<String> authorization) {
        Matcher given = BEARER.matcher(authorization.size() == 1 ? authorization.get(0) : "");
        boolean formed = given.matches();
        return MessageDigest.isEqual(digest, digest(formed ? given.group(1) : "")) && formed;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
