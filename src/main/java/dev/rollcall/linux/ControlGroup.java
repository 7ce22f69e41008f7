package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which unit systemd has a process.
 *
 * @param path down to the unit's own folder, below which a service may make more; nothing outside of services
 * @param unit the first {@code .service} on the path; below {@code user@UID.service}, a user's own manager, the first of that one's
 *     services, and nothing if it has the process in none
 * @param user whose manager that is, by uid
 */
record ControlGroup(String path, String unit, Optional<String> user) {
    static final ControlGroup NONE = new ControlGroup("", "", Optional.empty());

    private static final Pattern USER_MANAGER = Pattern.compile("user@(\\d+)\\.service");

    /** @param text content of {@code /proc/PID/cgroup} */
    static ControlGroup of(String text) {
        return text.lines()
                // 0:: of cgroup2, or a hierarchy of systemd's own; a unit's name may hold colons
                .map(line -> line.split(":", 3))
                .filter(line -> line.length == 3 && (line[0].equals("0") || line[1].equals("name=systemd")))
                .map(line -> on(line[2]))
                .filter(group -> !group.equals(NONE))
                .findFirst()
                .orElse(NONE);
    }

    private static ControlGroup on(String path) {
        Optional<String> user = Optional.empty();
        int end = 0;
        for (String folder : path.split("/")) {
            end += folder.length();
            Matcher manager = USER_MANAGER.matcher(folder);
            if (user.isEmpty() && manager.matches()) {
                user = Optional.of(manager.group(1));
            } else if (folder.endsWith(".service")) {
                return new ControlGroup(path.substring(0, end), unescaped(folder), user);
            }
            end++;
        }
        return user.isPresent() ? new ControlGroup(path, "", user) : NONE;
    }

    /** A name that the kernel needs for its own files gets an underscore. */
    private static String unescaped(String folder) {
        return folder.startsWith("_") ? folder.substring(1) : folder;
    }

    /**
     * Nowhere if it cannot be read: a kernel without control groups, or a process that has just gone.
     *
     * @param folder of the process in /proc
     */
    static ControlGroup read(Path folder) {
        try {
            return of(Files.readString(folder.resolve("cgroup")));
        } catch (IOException none) {
            return NONE;
        }
    }

    boolean isInUnit() {
        return !unit.isEmpty();
    }
}
