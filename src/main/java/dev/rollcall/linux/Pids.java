package dev.rollcall.linux;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The entries of a proc folder that are numbers: processes, threads or descriptors. */
final class Pids {
    private Pids() {}

    /** @throws UncheckedIOException if the folder cannot be listed: an empty process table would be a lie */
    static long[] under(Path folder) {
        Optional<long[]> pids = ifAny(folder);
        if (pids.isEmpty()) {
            throw ProcReader.refused("list " + folder, "mount procfs or run as root");
        }
        return pids.get();
    }

    /** @return empty if the folder is gone or may not be listed */
    static Optional<long[]> ifAny(Path folder) {
        // java.io.File: one native call; a directory stream costs ten times that in a JVM that has just started
        String[] names = folder.toFile().list();
        return names == null ? Optional.empty() : Optional.of(numbers(names));
    }

    private static long[] numbers(String[] names) {
        long[] numbers = new long[names.length];
        int count = 0;
        for (String name : names) {
            if (isNumber(name)) {
                numbers[count++] = Long.parseLong(name);
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private static boolean isNumber(String name) {
        return name.charAt(0) >= '0' && name.charAt(0) <= '9';
    }
}
