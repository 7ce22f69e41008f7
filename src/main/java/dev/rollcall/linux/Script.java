package dev.rollcall.linux;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The script that an interpreter was started with: the first words of a command line that are files. */
record Script(Path proc, ProcessEntry process) {
    private static final long LARGEST = 1 << 20;

    boolean mentions(String word) {
        Path directory = proc.resolve(Long.toString(process.pid())).resolve("cwd");
        return process.argv().stream().skip(1).limit(2).anyMatch(name -> contains(directory, name, word));
    }

    private static boolean contains(Path directory, String name, String word) {
        try {
            Path file = directory.resolve(name);
            return Files.isRegularFile(file)
                    && Files.size(file) <= LARGEST
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
        } catch (IOException | InvalidPathException notReadable) {
            return false;
        }
    }
}
