package dev.rollcall.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The installed systemd units, to find the one that starts supervisord with a certain configuration. */
final class UnitFiles {
    /** In systemd's order: an administrator's unit hides the distribution's of the same name. */
    private static final List<String> FOLDERS = List.of(
            "etc/systemd/system",
            "run/systemd/system",
            "usr/local/lib/systemd/system",
            "usr/lib/systemd/system",
            "lib/systemd/system");

    /** What supervisord reads if it is not told: a unit without -c means one of these. */
    private static final Set<String> DEFAULTS = Set.of("/etc/supervisor/supervisord.conf", "/etc/supervisord.conf");

    private final Path root;

    UnitFiles(Path root) {
        this.root = root;
    }

    Optional<String> naming(String conf) {
        return names().stream().filter(name -> starts(name, conf)).findFirst();
    }

    /** Templates are left out: which instance is meant cannot be known. */
    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String folder : FOLDERS) {
            String[] files = root.resolve(folder).toFile().list();
            Stream.of(files == null ? new String[0] : files)
                    .filter(name -> name.endsWith(".service") && !name.contains("@."))
                    .forEach(names::add);
        }
        return names;
    }

    private boolean starts(String name, String conf) {
        return FOLDERS.stream()
                .map(folder -> root.resolve(folder).resolve(name))
                .filter(Files::exists)
                // a masked unit is a link to /dev/null that hides the distribution's: it starts nothing
                .findFirst()
                .map(UnitFiles::lines)
                .orElse(List.of())
                .stream()
                .filter(line -> line.startsWith("ExecStart=") && line.contains("supervisord"))
                .anyMatch(line -> named(line, conf));
    }

    private static boolean named(String line, String conf) {
        List<String> words = List.of(line.split("[\\s=\"']+"));
        boolean says = words.stream().anyMatch(word -> word.startsWith("-c") || word.equals("--configuration"));
        return says
                ? words.stream().anyMatch(word -> word.equals(conf) || word.equals("-c" + conf))
                : DEFAULTS.contains(conf);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .map(String::strip)
                    .toList();
        } catch (IOException unreadable) {
            // a unit that we may not read is one that we do not know
            return List.of();
        }
    }
}
