package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells whether the output of one process goes down a pipe to another: it would die of SIGPIPE with its reader. */
final class Pipes {
    private final Path proc;

    Pipes(Path proc) {
        this.proc = proc;
    }

    boolean join(long writer, long reader) {
        Set<String> pipes = new HashSet<>(List.of(target(writer, 1), target(writer, 2)));
        pipes.removeIf(target -> !target.startsWith("pipe:["));
        return !pipes.isEmpty() && reads(reader, pipes);
    }

    private boolean reads(long reader, Set<String> pipes) {
        for (long fd : Pids.ifAny(proc.resolve(reader + "/fd")).orElse(new long[0])) {
            if (pipes.contains(target(reader, fd)) && opened(reader, fd).contains(PosixFilePermission.OWNER_READ)) {
                return true;
            }
        }
        return false;
    }

    private String target(long pid, long fd) {
        try {
            return Files.readSymbolicLink(proc.resolve(pid + "/fd/" + fd)).toString();
        } catch (IOException closed) {
            // closed, gone, or not ours to see: distinct words, so that two unknowns are never the same pipe
            return "unknown:" + pid + "/" + fd;
        }
    }

    /** The mode of the link itself says how the descriptor was opened. */
    private Set<PosixFilePermission> opened(long pid, long fd) {
        try {
            return Files.getPosixFilePermissions(proc.resolve(pid + "/fd/" + fd), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException closed) {
            // closed since it was listed
            return Set.of();
        }
    }
}
