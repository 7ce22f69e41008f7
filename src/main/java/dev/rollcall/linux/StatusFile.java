package dev.rollcall.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rights of a process from {@code /proc/PID/status}: effective user and group, supplementary groups, umask; and its processors. */
record StatusFile(long uid, long gid, List<Long> groups, int umask, String cpus) {
    private static final int EFFECTIVE = 1;
    private static final int USUAL_UMASK = 022;

    static StatusFile read(Path folder) throws IOException {
        // a name may hold any bytes; of the lines read here all are ASCII
        List<String> lines = Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1);
        List<String> umask = values(lines, "Umask:");
        List<Long> groups = new ArrayList<>();
        for (String group : values(lines, "Groups:")) {
            groups.add(number(group, 10));
        }
        return new StatusFile(
                effective(lines, "Uid:"),
                effective(lines, "Gid:"),
                List.copyOf(groups),
                // kernels before 4.7 do not tell
                umask.isEmpty() ? USUAL_UMASK : (int) number(umask.get(0), 8),
                String.join("", values(lines, "Cpus_allowed_list:")));
    }

    private static long effective(List<String> lines, String key) throws IOException {
        List<String> ids = values(lines, key);
        return number(ids.size() > EFFECTIVE ? ids.get(EFFECTIVE) : "", 10);
    }

    private static long number(String text, int radix) throws IOException {
        if (!text.matches(radix == 8 ? "[0-7]{1,6}" : "[0-9]{1,10}")) {
            throw new IOException("its status file is not what proc(5) promises");
        }
        return Long.parseLong(text, radix);
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Stream.of(line.substring(key.length()).split("\\s+")))
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
