package dev.rollcall.check;

import dev.rollcall.core.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that the engine needs; who may write it is looked at with the configuration. */
record KeptFile(Path path, String code, String what) {
    /** What is wrong with it. */
    Optional<Finding> trouble() {
        if (!Files.exists(path)) {
            return trouble("it is not there", "make it, or name another");
        }
        if (!Files.isRegularFile(path)) {
            return trouble("it is no plain file", "name a file");
        }
        if (!Files.isReadable(path)) {
            return trouble("it may not be read", "run as its owner, or change its rights");
        }
        return path.toFile().length() == 0 ? trouble("it is empty", "write it") : Optional.empty();
    }

    Optional<Finding> trouble(String why, String fix) {
        return Optional.of(Finding.error(code, "tried to check the " + what + " " + path + " but " + why, fix));
    }
}
