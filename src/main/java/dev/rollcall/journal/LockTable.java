package dev.rollcall.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The kernel's own list of locks. To read it takes none; even a moment's lock to find out could refuse somebody's restart. */
final class LockTable {
    /** A line with an arrow is somebody who waits. */
    private static final String HELD = "^\\d+: POSIX +\\S+ +WRITE +%d .*";

    private LockTable() {}

    /** Whether the process that wrote its name into a lock file lives and holds a lock, and is not another one that got its pid. */
    static boolean isHeldBy(Signature holder) {
        return holdsOne(holder.pid()) && !holder.isOfAnotherProcess();
    }

    private static boolean holdsOne(long pid) {
        try {
            String text = Files.readString(Path.of("/proc/locks"));
            return Pattern.compile(String.format(HELD, pid), Pattern.MULTILINE)
                    .matcher(text)
                    .find();
        } catch (IOException noSuchList) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }
}
