package dev.rollcall.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries of a proc folder that are numbers: processes, threads or descriptors. */
final class Pids {
    private Pids() {}

    /** @throws UncheckedIOException if the folder cannot be listed: an empty process table would be a lie */
    static long[] under(Path folder) {
        return ifAny(folder)
                .orElseThrow(() -> new UncheckedIOException(
                        new IOException("tried to list " + folder + " but the kernel refused; mount procfs or run as root")));
    }

    /** @return empty if the folder is gone or may not be listed */
    static Optional<long[]> ifAny(Path folder) {
        // java.io.File: one native call; a directory stream costs ten times that in a JVM that has just started
        return Optional.ofNullable(folder.toFile().list())
                .map(names -> Stream.of(names).filter(Pids::isNumber).mapToLong(Long::parseLong).sorted().toArray());
    }

    private static boolean isNumber(String name) {
        return name.charAt(0) >= '0' && name.charAt(0) <= '9';
    }
}
