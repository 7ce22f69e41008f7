package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where systemd has a process.
 *
 * @param services the first {@code .service} on the path, below which a service may make folders of its own; below
 *     {@code user@UID.service}, a user's own manager, the first of that one's services too
 */
record ControlGroup(List<String> services) {
    static final ControlGroup NONE = new ControlGroup(List.of());

    private static final Pattern USER_MANAGER = Pattern.compile("user@(\\d+)\\.service");

    /** @param text content of {@code /proc/PID/cgroup} */
    static ControlGroup of(String text) {
        List<String> services = text.lines()
                .filter(line -> line.startsWith("0::") || line.contains(":name=systemd:"))
                .map(line -> Stream.of(line.substring(line.lastIndexOf(':') + 1).split("/"))
                        .filter(name -> name.endsWith(".service"))
                        .toList())
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        boolean ofUser =
                !services.isEmpty() && USER_MANAGER.matcher(services.get(0)).matches();
        return new ControlGroup(services.stream().limit(ofUser ? 2 : 1).toList());
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

    boolean isEmpty() {
        return services.isEmpty();
    }

    /** Of the system's manager; for what a user's manager has started that is {@code user@UID.service}. */
    Optional<String> service() {
        return services.stream().findFirst();
    }

    /** Whose manager it is under, by uid. */
    Optional<String> user() {
        return service().map(USER_MANAGER::matcher).filter(Matcher::matches).map(m -> m.group(1));
    }

    Optional<String> serviceOfUser() {
        return services.stream().skip(1).findFirst();
    }
}
