package dev.rollcall.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose process this is. By its number: in a container uid 0 may have another name, or none. And by what the kernel says of its rights: the files
 * of a program with capabilities of its own belong to root.
 */
public final class Us {
    private static final int ROOT = 0;
    /** Behind the key and the real one. */
    private static final int EFFECTIVE = 2;

    private Us() {}

    public static boolean isRoot() {
        return uid() == ROOT;
    }

    public static boolean are(long uid) {
        return Integer.toUnsignedLong(uid()) == uid;
    }

    /** @throws UncheckedIOException if /proc is not mounted, without which nothing can be said of any process */
    public static int uid() {
        try {
            // a loop: the first stream of a JVM that has just started is dear, and this is asked by every command
            for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("Uid:")) {
                    return Integer.parseUnsignedInt(line.split("\\s+")[EFFECTIVE]);
                }
            }
            throw new IOException("its status file is not what proc(5) promises");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tried to see by whom Rollcall is run but /proc cannot be read; mount it", e);
        }
    }
}
