package dev.rollcall.linux;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a process may not do, and its children neither: a service unit's sandbox, a container's. None of it can be shed.
 *
 * @param noNewPrivileges set-user-id programs, e.g. sudo, do not work
 * @param filters of system calls
 * @param bounding capabilities that it can have at most, one bit each
 * @param mounts its view of the file system; nothing if that may not be read
 * @param oomScoreAdj how much sooner it is killed when memory runs out
 */
record Confines(boolean noNewPrivileges, int filters, BigInteger bounding, Optional<String> mounts, int oomScoreAdj) {

    /** @param folder of the process in /proc */
    static Confines read(Path folder) throws IOException {
        Map<String, String> status = Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
        // kernels before 5.9 tell whether there are filters, not how many
        int mode = Integer.parseInt(status.getOrDefault("Seccomp", "0"));
        return new Confines(
                status.getOrDefault("NoNewPrivs", "0").equals("1"),
                Math.max(mode == 0 ? 0 : 1, Integer.parseInt(status.getOrDefault("Seccomp_filters", "0"))),
                new BigInteger(status.getOrDefault("CapBnd", "0"), 16),
                mounts(folder),
                Integer.parseInt(
                        Files.readString(folder.resolve("oom_score_adj")).strip()));
    }

    private static Optional<String> mounts(Path folder) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(folder.resolve("ns").resolve("mnt")).toString());
        } catch (IOException notPermitted) {
            return Optional.empty();
        }
    }

    /** In what this one is confined and the other is not, in words. */
    List<String> beyond(Confines other) {
        List<String> more = new ArrayList<>();
        if (noNewPrivileges && !other.noNewPrivileges) {
            more.add("no new privileges (NoNewPrivileges=)");
        }
        if (filters > other.filters) {
            more.add("a filter of system calls (SystemCallFilter= and the like)");
        }
        BigInteger lost = other.bounding.andNot(bounding);
        if (lost.signum() != 0) {
            more.add("fewer capabilities, without " + Capabilities.names(lost) + " (CapabilityBoundingSet=)");
        }
        if (mounts.isPresent() && other.mounts.isPresent() && !mounts.equals(other.mounts)) {
            more.add("another view of the file system (PrivateTmp=, ProtectSystem=, ProtectHome= and the like)");
        }
        return more;
    }
}
