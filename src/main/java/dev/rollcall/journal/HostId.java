package dev.rollcall.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells the hosts apart that see one state folder, as in a home that is mounted on each: what a run knows of processes is true of its own host alone. */
final class HostId {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private HostId() {}

    /** Outlives a new name and a boot; where there is none, as in many containers, the name is used. */
    static String ours() {
        return of(MACHINE_ID, HOST_NAME);
    }

    static String of(Path machineId, Path hostName) {
        String id = line(machineId);
        return id.isEmpty() ? line(hostName) : id;
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException none) {
            return "";
        }
    }
}
