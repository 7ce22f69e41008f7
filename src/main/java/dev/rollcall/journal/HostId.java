package dev.rollcall.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells the hosts apart that see one state folder, as in a home that is mounted on each: what a run knows of processes is true of its own host alone. */
final class HostId {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    private HostId() {}

    static String ours() {
        return of(MACHINE_ID);
    }

    /** Empty where there is none, as in many containers: a name would be another one in the next container, and after a new lease. */
    static String of(Path machineId) {
        try {
            return Files.readString(machineId).strip();
        } catch (IOException none) {
            return "";
        }
    }
}
