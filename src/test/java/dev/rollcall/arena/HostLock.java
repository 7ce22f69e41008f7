package dev.rollcall.arena;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The file where all users of this host lock something; a run or an engine that was killed leaves it behind. */
final class HostLock {
    private static final List<Path> PLACES = List.of(Path.of("/run/lock"), Path.of("/dev/shm"));

    private HostLock() {}

    static void remove(Path locked) throws IOException {
        for (Path place : PLACES) {
            Files.deleteIfExists(place.resolve("rollcall-" + name(locked.toString()) + ".lock"));
        }
    }

    private static String name(String locked) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(locked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
