package dev.rollcall.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a terminal's signals from a command that must not end half-way: a ^C goes to everybody in Rollcall's group, and
 * once the service is down it is put off (S8). What a shell ignores stays ignored by what it executes.
 */
final class Shield {
    private static final List<String> SHELL =
            List.of("/bin/sh", "-c", "trap '' HUP INT QUIT TERM TSTP; exec \"$@\"", "sh");

    private Shield() {}

    static List<String> before(List<String> argv) {
        List<String> shielded = new ArrayList<>(SHELL);
        shielded.addAll(argv);
        return shielded;
    }
}
