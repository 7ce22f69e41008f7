package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a supervisord writes. A file can be opened once more; a pipe, a terminal or a socket cannot. */
record Outputs(Path out, Path err) {
    private static final Path NOWHERE = Path.of("/dev/null");

    static Outputs read(Path folder) throws IOException {
        return new Outputs(target(folder.resolve("fd/1")), target(folder.resolve("fd/2")));
    }

    private static Path target(Path link) throws IOException {
        // a descriptor may be closed: then nothing was written there
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : NOWHERE;
    }

    /** Daemonizing opens /dev/null as both. */
    boolean areNowhere() {
        return out.equals(NOWHERE) && err.equals(NOWHERE);
    }

    /** What standard output is appended to after a restart, or empty. */
    String file() {
        return Files.isRegularFile(out) ? Octets.text(out) : "";
    }

    /**
     * What will not arrive any more where it does now, in words. Errors go to a file of Rollcall's own: one that they have to
     * themselves already is not missed, and may be just that.
     */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        if (!out.equals(NOWHERE) && file().isEmpty()) {
            lost.add("standard output (" + out + ")");
        }
        if (!err.equals(NOWHERE) && (err.equals(out) || !Files.isRegularFile(err))) {
            lost.add("standard error (" + err + ")");
        }
        return lost;
    }
}
