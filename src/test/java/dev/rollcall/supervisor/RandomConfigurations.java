package dev.rollcall.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Configurations that begin well and then go on with pieces drawn by chance. */
final class RandomConfigurations {
    private static final List<String> KEYS = List.of(
            "directory",
            "stopwaitsecs",
            "environment",
            "command",
            "process_name",
            "stdout_logfile",
            "Priority",
            "stopsignal");
    private static final List<String> DELIMITERS = List.of("=", ":", " = ", "\t=", " : ", " ", "=\n  ", "=\n");
    private static final List<String> PIECES = List.of(
            "a",
            "7",
            "TERM",
            " ",
            " ; x",
            " # y",
            ";",
            "#",
            "%",
            "%%",
            "%(",
            "%(ENV_FOO)s",
            "%(program_name)",
            "s",
            "d",
            "5",
            ".2",
            "%(process_num)03d",
            "\"",
            "'",
            ",",
            "A=1",
            "B='2'",
            "=",
            "\n ",
            "\n\n",
            "\t",
            "[",
            "]",
            "\u00a0",
            "\u0085",
            "\\",
            "$");
    private final Path folder;
    private final Random random;

    RandomConfigurations(Path folder, Random random) {
        this.folder = folder;
        this.random = random;
    }

    List<Path> write(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(Files.writeString(folder.resolve("random" + i + ".conf"), text()));
        }
        return files;
    }

    private String text() {
        StringBuilder text = new StringBuilder("[supervisord]\n[program:p]\ncommand=x\n");
        for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
            text.append(" ".repeat(Math.max(0, random.nextInt(5) - 3)));
            text.append(one(KEYS)).append(one(DELIMITERS));
            for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
                text.append(one(PIECES));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
