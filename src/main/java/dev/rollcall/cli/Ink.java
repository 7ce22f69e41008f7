package dev.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Colour, where it is wanted: on a terminal, and not under NO_COLOR. */
record Ink(boolean terminal, boolean colour) {
    static Ink ofStdout() {
        boolean terminal = isTerminal(1);
        boolean wanted =
                System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(System.getenv("TERM"));
        return new Ink(terminal, terminal && wanted);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closed) {
            return false;
        }
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String warn(String text) {
        return paint("33", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
