package dev.rollcall.check;

import dev.rollcall.core.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Which route files of the user's replace packaged ones and which join them. */
final class RoutesCheck {
    private static final String CODE = "ROUTES_UNUSABLE";
    private static final String END = ".camel.yaml";

    private RoutesCheck() {}

    static List<Finding> findings(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.error(
                    CODE,
                    "tried to check the routes folder " + folder + " but it is not there",
                    "make it, or leave routes_dir out"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(RoutesCheck::file).toList();
        } catch (IOException e) {
            return List.of(Finding.error(
                    CODE,
                    "tried to check the routes folder " + folder + " but it may not be read",
                    "change its rights"));
        }
    }

    private static Finding file(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(END)) {
            return Finding.warning("ROUTE_IGNORED", file + " is no route file", "let its name end in " + END);
        }
        Optional<Finding> trouble =
                new KeptFile(file, CODE, "route file").trouble().or(() -> syntax(file));
        boolean replaces = RoutesCheck.class.getResource("/routes/" + name) != null;
        String does = replaces ? " replaces the packaged file of that name" : " joins the packaged routes";
        return trouble.orElseGet(() -> Finding.info("ROUTES", file + does, ""));
    }

    /** As YAML; whether it is a route is seen when the engine starts. */
    private static Optional<Finding> syntax(Path file) {
        try {
            new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(Files.readString(file));
            return Optional.empty();
        } catch (YamlEngineException e) {
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            return Optional.of(Finding.error(CODE, "tried to read " + file + " but it is no YAML: " + why, "mend it"));
        } catch (IOException e) {
            return Optional.of(
                    Finding.error(CODE, "tried to read " + file + " but it cannot be read as UTF-8", "mend it"));
        }
    }
}
