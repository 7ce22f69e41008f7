package dev.rollcall.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The node name of {@code uname}, for {@code %(host_node_name)s}; asked of the kernel, for a name service may hang. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String node() {
        try {
            return Blank.strip(Files.readString(KERNEL));
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", ""); // no /proc: the shell's word is the next best
        }
    }
}
