package dev.rollcall.journal;

import dev.rollcall.port.Journal.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The kernel's own list of locks. To read it takes none; even a moment's lock to find out could refuse somebody's restart. */
final class LockTable {
    /** A line with an arrow is somebody who waits. */
    private static final String HELD = "^\\d+: POSIX +\\S+ +WRITE +%d .*";

    /** The wall clock may have been set meanwhile. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private LockTable() {}

    /** Whether the process that wrote its name into a lock file lives and holds a lock, and is not another one that got its pid. */
    static boolean isHeldBy(Holder holder) {
        return holdsOne(holder.pid()) && !beganAfter(holder);
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

    private static boolean beganAfter(Holder holder) {
        return ProcessHandle.of(holder.pid())
                .map(ProcessHandle::info)
                .flatMap(ProcessHandle.Info::startInstant)
                .filter(began -> began.isAfter(holder.since().plus(SLACK)))
                .isPresent();
    }
}
