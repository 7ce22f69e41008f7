package dev.rollcall.check;

import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Finding;
import dev.rollcall.engine.RouteTrial;
import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Which route files of the user's replace packaged ones and which join them. */
final class RoutesCheck {
    private RoutesCheck() {}

    static List<Finding> findings(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.error(
                    BrokenRoute.CODE,
                    "tried to check the routes folder " + folder + " but it is not there",
                    "make it, or leave routes_dir out"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Finding> findings =
                    new ArrayList<>(files.sorted().map(RoutesCheck::file).toList());
            if (isTrusted(folder) && findings.stream().noneMatch(f -> f.code().equals(BrokenRoute.CODE))) {
                findings.addAll(tried(new RouteFiles(Optional.of(folder))));
            }
            return findings;
        } catch (IOException e) {
            return List.of(Finding.error(
                    BrokenRoute.CODE,
                    "tried to check the routes folder " + folder + " but it may not be read",
                    "change its rights"));
        }
    }

    /** A route file of somebody else's is not even tried; who may write it is told with the configuration. */
    private static boolean isTrusted(Path folder) {
        try {
            Trust.check(folder, Trust.Kind.ROUTES);
            return true;
        } catch (UsageException e) {
            return false;
        }
    }

    private static List<Finding> tried(RouteFiles files) {
        try {
            RouteTrial.read(files);
            return RouteTrial.hooks(files).stream()
                    .map(hook -> Finding.info("HOOK", "a run calls " + hook, ""))
                    .toList();
        } catch (BrokenRoute e) {
            return List.of(Finding.error(BrokenRoute.CODE, e.getMessage(), ""));
        }
    }

    private static Finding file(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(RouteFiles.END)) {
            return Finding.warning(
                    "ROUTE_IGNORED", file + " is no route file", "let its name end in " + RouteFiles.END);
        }
        Optional<Finding> trouble =
                new KeptFile(file, BrokenRoute.CODE, "route file").trouble().or(() -> syntax(file));
        boolean replaces = RoutesCheck.class.getResource("/routes/" + name) != null;
        String does = replaces ? " replaces the packaged file of that name" : " joins the packaged routes";
        return trouble.orElseGet(() -> Finding.info("ROUTES", file + does, ""));
    }

    /** As YAML; whether it is a route is tried with all of them together. */
    private static Optional<Finding> syntax(Path file) {
        try {
            new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(Files.readString(file));
            return Optional.empty();
        } catch (YamlEngineException e) {
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            return Optional.of(
                    Finding.error(BrokenRoute.CODE, "tried to read " + file + " but it is no YAML: " + why, "mend it"));
        } catch (IOException e) {
            return Optional.of(Finding.error(
                    BrokenRoute.CODE, "tried to read " + file + " but it cannot be read as UTF-8", "mend it"));
        }
    }
}
