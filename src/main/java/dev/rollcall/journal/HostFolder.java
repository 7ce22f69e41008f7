package dev.rollcall.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Where all users of a host put locks, so that runs with different state folders exclude each other; if there is such a place that can be trusted. */
final class HostFolder {
    static final Path DEFAULT = Path.of("/run/lock");

    private final Optional<Path> place;

    private HostFolder(Optional<Path> place) {
        this.place = place;
    }

    static HostFolder of(Path folder) {
        return new HostFolder(isTrusted(folder) ? Optional.of(folder) : Optional.empty());
    }

    Optional<Path> file(String name) {
        return place.map(p -> p.resolve("rollcall-" + name));
    }

    /** Nobody else may remove or replace our file there. */
    private static boolean isTrusted(Path folder) {
        try {
            int owner = (int) Files.getAttribute(folder, "unix:uid");
            boolean sticky = ((int) Files.getAttribute(folder, "unix:mode") & 01000) != 0;
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
            boolean others = rights.contains(PosixFilePermission.OTHERS_WRITE)
                    || rights.contains(PosixFilePermission.GROUP_WRITE);
            return Files.isDirectory(folder) && (sticky || !others) && (owner == 0 || owner == OpenFile.us());
        } catch (IOException | UnsupportedOperationException notThere) {
            return false;
        }
    }
}
