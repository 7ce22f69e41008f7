package dev.rollcall.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rights of a process from {@code /proc/PID/status}: effective user and group, supplementary groups, umask. */
record StatusFile(long uid, long gid, List<Long> groups, int umask) {
    private static final int EFFECTIVE = 1;
    private static final int USUAL_UMASK = 022;

    static StatusFile read(Path folder) throws IOException {
        // a name may hold any bytes; of the lines read here all are ASCII
        List<String> lines = Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1);
        List<String> umask = values(lines, "Umask:");
        return new StatusFile(
                Long.parseLong(values(lines, "Uid:").get(EFFECTIVE)),
                Long.parseLong(values(lines, "Gid:").get(EFFECTIVE)),
                values(lines, "Groups:").stream().map(Long::valueOf).toList(),
                // kernels before 4.7 do not tell
                umask.isEmpty() ? USUAL_UMASK : Integer.parseInt(umask.get(0), 8));
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Stream.of(line.substring(key.length()).split("\\s+")))
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
