package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a process lives: a container has pids and files of its own under the same names. A mount namespace of its own tells nothing, for
 * units with PrivateTmp= have one and see our files. What may not be read is taken for ours.
 */
record Place(Path proc) {
    boolean isOurs(long pid, Path file) {
        Path folder = proc.resolve(Long.toString(pid));
        return hasOurPids(folder) && sees(folder.resolve("root"), file.toAbsolutePath());
    }

    private boolean hasOurPids(Path folder) {
        try {
            return Files.readSymbolicLink(folder.resolve("ns/pid"))
                    .equals(Files.readSymbolicLink(proc.resolve("self/ns/pid")));
        } catch (IOException closedToUs) {
            return true;
        }
    }

    private static boolean sees(Path root, Path file) {
        if (!Files.isSymbolicLink(root)) { // a /proc without it
            return true;
        }
        try {
            return Files.isSameFile(root.resolve(file.getRoot().relativize(file)), file);
        } catch (NoSuchFileException e) {
            return !Files.exists(file);
        } catch (IOException closedToUs) {
            return true;
        }
    }
}
