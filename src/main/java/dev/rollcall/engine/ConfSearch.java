package dev.rollcall.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Supervisor's own search path for its configuration: etc above the program, then the working directory, then /etc. */
public final class ConfSearch {
    private ConfSearch() {}

    /**
     * @param directory the working directory
     * @param argv of a supervisord, or empty
     */
    public static Optional<Path> find(Path directory, List<String> argv) {
        Path program = argv.stream()
                .filter(word -> word.endsWith("supervisord"))
                .findFirst()
                .map(directory::resolve)
                .orElse(Path.of("/usr/bin/supervisord"));
        Path above = program.resolveSibling("..").normalize();
        return List.of(
                        above.resolve("etc/supervisord.conf"),
                        above.resolve("supervisord.conf"),
                        directory.resolve("supervisord.conf"),
                        directory.resolve("etc/supervisord.conf"),
                        Path.of("/etc/supervisord.conf"),
                        Path.of("/etc/supervisor/supervisord.conf"))
                .stream()
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
