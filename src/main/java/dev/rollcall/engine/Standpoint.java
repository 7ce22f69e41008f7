package dev.rollcall.engine;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Files as a process sees them from its directory. Of a name that Java cannot say in this locale nothing is known: it counts as there. */
record Standpoint(String directory) {
    /** @param name may be absolute; an empty one is the directory itself */
    boolean canEnter(String name) {
        return test(name, folder -> Files.isDirectory(folder) && Files.isExecutable(folder));
    }

    private boolean test(String name, Predicate<Path> question) {
        try {
            return question.test(Path.of(directory).resolve(name));
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
