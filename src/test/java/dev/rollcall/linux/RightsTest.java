package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another user may read, tried by real processes. */
@Tag("integration")
class RightsTest {
    private static final long GROUP = 54_321;

    private Path folder;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        this.folder = set(folder, "rwxr-xr-x");
    }

    @Test
    void the_first_file_that_only_root_may_read_is_named() throws IOException {
        String open = file("open.conf", "rw-r--r--");
        String closed = file("closed.conf", "rw-------");
        String more = file("more.conf", "rw-------");
        assertThat(unreadable(StandIn.NOBODY, open, closed, more)).contains(closed);
        assertThat(unreadable(StandIn.NOBODY, open)).isEmpty();
    }

    @Test
    void so_is_one_in_a_folder_that_only_root_may_enter() throws IOException {
        String open = file("open.conf", "rw-r--r--");
        set(folder, "rwx------");
        assertThat(unreadable(StandIn.NOBODY, open)).contains(open);
    }

    @Test
    void what_its_supplementary_groups_may_read_it_may() throws IOException {
        String shared = file("shared.conf", "rw-r-----");
        assertThat(unreadable(StandIn.NOBODY, shared)).contains(shared);
        Files.setAttribute(Path.of(shared), "unix:gid", (int) GROUP);
        assertThat(unreadable(StandIn.NOBODY, shared)).isEmpty();
    }

    @Test
    void of_our_own_user_nothing_is_asked_and_a_file_that_is_gone_is_not_one_it_may_not_read() throws IOException {
        assertThat(unreadable(0, file("closed.conf", "rw-------"))).isEmpty();
        assertThat(unreadable(StandIn.NOBODY, folder.resolve("gone.conf").toString()))
                .isEmpty();
    }

    private static Optional<String> unreadable(long user, String... files) {
        StartRecipe recipe = new StartRecipe(
                List.of("supervisord"), "/", Map.of(), user, user, List.of(GROUP), 18, Map.of(), false, "", "");
        return Rights.unreadable(recipe, List.of(files));
    }

    private String file(String name, String mode) throws IOException {
        return set(Files.writeString(folder.resolve(name), ""), mode).toString();
    }

    private static Path set(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
