package dev.rollcall.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mounts of processes. By the number of their first, which no other mount of the host has: unlike the link to its namespace, everybody may
 * read that of everybody, and root in a container may not look into what another container runs.
 */
record Mounts(Path proc) {
    boolean areShared(long pid, long other) {
        return first(pid)
                .filter(number -> first(other).filter(number::equals).isPresent())
                .isPresent();
    }

    private Optional<String> first(long pid) {
        Path file = proc.resolve(Long.toString(pid)).resolve("mountinfo");
        // names in it may hold any bytes
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return Optional.ofNullable(lines.readLine()).map(line -> line.split(" ")[0]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
