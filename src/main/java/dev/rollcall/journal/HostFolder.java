package dev.rollcall.journal;

import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where all users of a host put locks, so that runs with different state folders exclude each other; if there is such a place that can be trusted. */
final class HostFolder {
    private final Optional<Path> place;

    private HostFolder(Optional<Path> place) {
        this.place = place;
    }

    /** The first in which every user can make a lock, or else the first that can be trusted: all users of a host must come to the same. */
    static HostFolder of(Path... folders) {
        List<Path> trusted =
                Arrays.stream(folders).filter(HostFolder::isTrusted).toList();
        Optional<Path> open = trusted.stream().filter(HostFolder::isOpenToAll).findFirst();
        return new HostFolder(open.or(() -> trusted.stream().findFirst()));
    }

    /** Debian opens the first to all, systemd's own default is to root alone; the second is open wherever there is shared memory. */
    static HostFolder usual() {
        return of(Path.of("/run/lock"), Path.of("/dev/shm"));
    }

    Optional<Path> file(String name) {
        return place.map(p -> p.resolve("rollcall-" + name));
    }

    private static boolean isOpenToAll(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Nobody else may remove or replace our file there. */
    private static boolean isTrusted(Path folder) {
        try {
            int owner = (int) Files.getAttribute(folder, "unix:uid");
            boolean sticky = ((int) Files.getAttribute(folder, "unix:mode") & 01000) != 0;
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
            boolean others = rights.contains(PosixFilePermission.OTHERS_WRITE)
                    || rights.contains(PosixFilePermission.GROUP_WRITE);
            return Files.isDirectory(folder) && (sticky || !others) && (owner == 0 || owner == Us.uid());
        } catch (IOException | UnsupportedOperationException notThere) {
            return false;
        }
    }
}
