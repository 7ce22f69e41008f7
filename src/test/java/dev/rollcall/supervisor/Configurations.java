package dev.rollcall.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The configurations of configurations.txt, each laid out in a folder of its own. */
final class Configurations {
    private Configurations() {}

    /** The main file of each by its title. */
    static Map<String, Path> in(Path folder) throws IOException {
        Map<String, Path> confs = new LinkedHashMap<>();
        for (String block : text().split("(?m)^=== ")) {
            if (!block.isBlank()) {
                int end = block.indexOf('\n');
                Path own = Files.createDirectory(folder.resolve("c" + confs.size()));
                confs.put(block.substring(0, end), layOut(own, block.substring(end + 1)));
            }
        }
        return confs;
    }

    private static Path layOut(Path folder, String block) throws IOException {
        String[] parts = block.split("(?m)^--- ");
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            String[] names = parts[i].substring(0, end).split(" -> ");
            if (names.length > 1) {
                Files.createSymbolicLink(prepared(folder.resolve(names[0])), Path.of(names[1]));
            } else {
                write(folder.resolve(names[0]), parts[i].substring(end + 1));
            }
        }
        return write(folder.resolve("supervisord.conf"), parts[0]);
    }

    /** Its folder is there. */
    private static Path prepared(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return file;
    }

    private static Path write(Path file, String text) throws IOException {
        String marked = text.replace("<CR>", "\r").replace("<TAB>", "\t").replace("<NBSP>", "\u00a0");
        return Files.writeString(prepared(file), marked);
    }

    private static String text() throws IOException {
        try (InputStream in = Objects.requireNonNull(Configurations.class.getResourceAsStream("configurations.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
