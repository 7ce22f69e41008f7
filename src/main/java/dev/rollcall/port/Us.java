package dev.rollcall.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose process this is. By its number: in a container uid 0 may have another name, or none. */
public final class Us {
    private static final int ROOT = 0;

    private Us() {}

    public static boolean isRoot() {
        return uid() == ROOT;
    }

    /** @throws UncheckedIOException if /proc is not mounted, without which nothing can be said of any process */
    public static int uid() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tried to see by whom Rollcall is run but /proc cannot be read; mount it", e);
        }
    }
}
