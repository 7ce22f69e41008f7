package dev.rollcall.config;

import dev.rollcall.config.Trust.Kind;
import dev.rollcall.config.YamlTree.Mapping;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a configuration is read.
 *
 * @param folder of the file: relative paths begin there, for an engine's working directory is nobody's choice
 * @param whole also what only the engine uses is looked at more closely than its form: times and the rights of files
 */
record Reading(Path folder, boolean whole) {
    /** As text, for it may be shown; made absolute. */
    Optional<String> text(Mapping from, String key) {
        return path(from, key).map(Path::toString);
    }

    Optional<Path> path(Mapping from, String key) {
        Optional<String> text = from.text(key);
        if (text.filter(String::isBlank).isPresent()) {
            from.problem(key, "it is empty; write a path or leave it out");
            return Optional.empty();
        }
        try {
            return text.map(t -> folder.resolve(t).normalize());
        } catch (InvalidPathException e) {
            from.problem(key, "it is no path (" + e.getReason() + ")");
            return Optional.empty();
        }
    }

    /** A path that must not be in the hands of others. */
    Optional<Path> trusted(Mapping from, String key, Kind kind) {
        Optional<Path> path = path(from, key);
        if (whole && path.isPresent()) {
            trust(path.get(), kind, from, key);
        }
        return path;
    }

    private static void trust(Path path, Kind kind, Mapping from, String key) {
        try {
            Trust.check(path, kind);
        } catch (UsageException e) {
            e.getMessage().lines().forEach(line -> from.problem(key, line));
        }
    }
}
