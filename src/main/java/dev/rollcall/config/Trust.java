package dev.rollcall.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** As root, what others may write must not tell us what to do. */
public final class Trust {
    private Trust() {}

    /** @param what it is, for the message, e.g. configuration */
    public static void check(Path file, String what) throws UsageException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.exists(file)) {
            return;
        }
        try {
            Path real = file.toRealPath();
            refuseWritable(real, what);
            refuseWritable(Optional.ofNullable(real.getParent()).orElse(real), what);
        } catch (IOException e) {
            throw new UsageException(
                    "tried to check who may write " + file + " but " + e.getMessage() + "; check its rights");
        }
    }

    private static void refuseWritable(Path path, String what) throws IOException, UsageException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        boolean sticky = Files.isDirectory(path) && ((int) Files.getAttribute(path, "unix:mode") & 01000) != 0;
        boolean others =
                rights.contains(PosixFilePermission.OTHERS_WRITE) || rights.contains(PosixFilePermission.GROUP_WRITE);
        boolean foreign = (int) Files.getAttribute(path, "unix:uid") != 0;
        if ((others && !sticky) || foreign) {
            throw new UsageException("tried to use " + path + " as " + what
                    + " but others than root may write it; run: chown root " + path + " && chmod go-w " + path);
        }
    }
}
