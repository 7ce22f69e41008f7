package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a process lives: a container has pids and files of its own under the same names. A mount namespace of its own tells nothing, for
 * units with PrivateTmp= have one and see our files. What may not be read is taken for ours where that spares, and not where it may kill.
 */
record Place(Path proc) {
    boolean isOurs(long pid, Path file) {
        Path folder = proc.resolve(Long.toString(pid));
        return hasOurPids(folder) && sees(folder.resolve("root"), file.toAbsolutePath());
    }

    boolean isSurelyOurs(long pid, List<Path> paths) {
        Path folder = proc.resolve(Long.toString(pid));
        Path self = proc.resolve("self");
        try {
            boolean ours = Files.isSymbolicLink(folder.resolve("root"))
                    && Files.isSameFile(folder.resolve("root"), self.resolve("root"))
                    && isSameLink(folder, self, "ns/pid")
                    && isSameLink(folder, self, "ns/net");
            for (Path path : paths) {
                // a link within would lead on from our root
                Path real = path.toRealPath();
                ours = ours
                        && Files.isSameFile(
                                folder.resolve("root").resolve(real.getRoot().relativize(real)), real);
            }
            return ours;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean isSameLink(Path folder, Path self, String name) throws IOException {
        return Files.readSymbolicLink(folder.resolve(name)).equals(Files.readSymbolicLink(self.resolve(name)));
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
