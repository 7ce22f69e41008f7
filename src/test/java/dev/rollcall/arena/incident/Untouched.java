package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every process and every file of an arena at one moment. */
record Untouched(Arena arena, Set<String> identities, Map<String, String> contents, long shutdowns) {

    static Untouched since(Arena arena) throws IOException {
        return new Untouched(arena, arena.identities(), arena.folder().contents(), shutdowns(arena));
    }

    /** No process has come or gone, no file has changed, not even in the state folder. */
    void assertStill() throws IOException {
        assertThat(arena.identities()).isEqualTo(identities);
        assertThat(arena.folder().contents()).isEqualTo(contents);
    }

    /** The same, but the run may have been written down. */
    void assertStillButForTheRecord() throws IOException {
        assertThat(arena.identities()).isEqualTo(identities);
        assertThat(withoutRecord(arena.folder().contents())).isEqualTo(withoutRecord(contents));
        assertThat(shutdowns(arena)).isEqualTo(shutdowns);
    }

    private static long shutdowns(Arena arena) throws IOException {
        return arena.folder()
                .journals()
                .lines()
                .filter(line -> line.contains("\"shutdown_begun\""))
                .count();
    }

    private static Map<String, String> withoutRecord(Map<String, String> contents) {
        Map<String, String> rest = new TreeMap<>(contents);
        rest.keySet().removeIf(name -> name.startsWith("state") && !name.startsWith("state/pids/"));
        return rest;
    }
}
