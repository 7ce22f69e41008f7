package dev.rollcall.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resource limits of a process from {@code /proc/PID/limits}, by the names that Python's {@code resource} has. */
final class LimitsFile {
    private static final long UNLIMITED = -1;

    /** "Max file locks" is left out: Linux 2.4.25 was the last to heed it. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("Max cpu time", "RLIMIT_CPU"),
            Map.entry("Max file size", "RLIMIT_FSIZE"),
            Map.entry("Max data size", "RLIMIT_DATA"),
            Map.entry("Max stack size", "RLIMIT_STACK"),
            Map.entry("Max core file size", "RLIMIT_CORE"),
            Map.entry("Max resident set", "RLIMIT_RSS"),
            Map.entry("Max processes", "RLIMIT_NPROC"),
            Map.entry("Max open files", "RLIMIT_NOFILE"),
            Map.entry("Max locked memory", "RLIMIT_MEMLOCK"),
            Map.entry("Max address space", "RLIMIT_AS"),
            Map.entry("Max pending signals", "RLIMIT_SIGPENDING"),
            Map.entry("Max msgqueue size", "RLIMIT_MSGQUEUE"),
            Map.entry("Max nice priority", "RLIMIT_NICE"),
            Map.entry("Max realtime priority", "RLIMIT_RTPRIO"),
            Map.entry("Max realtime timeout", "RLIMIT_RTTIME"));

    private LimitsFile() {}

    static Map<String, List<Long>> read(Path folder) throws IOException {
        Map<String, List<Long>> limits = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("limits"), StandardCharsets.ISO_8859_1)) {
            // names have single spaces, columns at least two between them
            String[] columns = line.split(" {2,}", -1);
            String name = NAMES.get(columns[0]);
            if (name != null) {
                if (columns.length < 3) {
                    throw new IOException("its limits file is not what proc(5) promises");
                }
                limits.put(name, List.of(number(columns[1]), number(columns[2])));
            }
        }
        return limits;
    }

    private static long number(String column) throws IOException {
        try {
            return column.equals("unlimited") ? UNLIMITED : Long.parseLong(column);
        } catch (NumberFormatException e) {
            throw new IOException("its limits file is not what proc(5) promises", e);
        }
    }
}
