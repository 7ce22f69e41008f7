package dev.rollcall.journal;

import dev.rollcall.port.Journal.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a holder writes into its lock file. By the wall clock nobody could tell it from another process that has got its pid: that may be set meanwhile.
 *
 * @param startTicks of the process, as in field 22 of {@code /proc/PID/stat}
 */
record Signature(String runId, long pid, long startTicks, String requestedBy, Instant since) {
    private static final int FIELDS_BEFORE = 19;

    static Signature of(Holder holder) throws IOException {
        return new Signature(
                holder.runId(), holder.pid(), startTicks(holder.pid()), holder.requestedBy(), holder.since());
    }

    Holder holder() {
        return new Holder(runId, pid, requestedBy, since);
    }

    /** Whether another process has its pid now; one that is hidden from us (hidepid) may well be the one that wrote this. */
    boolean isOfAnotherProcess() {
        try {
            return startTicks(pid) != startTicks;
        } catch (IOException hidden) {
            return false;
        }
    }

    /** Behind the command's name, which may hold anything. */
    private static long startTicks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[FIELDS_BEFORE]);
    }
}
