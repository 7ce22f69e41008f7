package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Starter.UnusableRecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRecipesTest {
    private static final StartRecipe RECIPE = new StartRecipe(
            List.of("/usr/bin/python3", "/opt/\uDCE9/supervisord", ""),
            "/srv/gr\u00fc\u00dfe",
            Map.of("BYTES", "\u00ff\n\u0001\"\\", "EMPTY", ""),
            1000,
            1001,
            List.of(1001L, 27L),
            027,
            Map.of("RLIMIT_NOFILE", List.of(1024L, -1L)),
            true,
            "/var/log/out",
            "supervisor.service",
            Optional.of(new Scheduling(-5, "0-3,8")));

    @TempDir
    private Path temporary;

    @Test
    void what_is_kept_comes_back_to_the_byte() throws UnusableRecipeException {
        KeptRecipes kept = new KeptRecipes(folder());
        kept.keep("/etc/a.conf", RECIPE);
        assertThat(kept.of("/etc/a.conf")).contains(RECIPE);
        assertThat(new KeptRecipes(folder()).of("/etc/a.conf")).contains(RECIPE);
        assertThat(kept.of("/etc/b.conf")).isEmpty();
    }

    @Test
    void the_last_one_counts_and_nothing_else_is_left() throws Exception {
        KeptRecipes kept = new KeptRecipes(folder());
        kept.keep("/etc/a.conf", StandIn.with(RECIPE, Map.of("OLD", "1")));
        kept.keep("/etc/a.conf", RECIPE);
        assertThat(kept.of("/etc/a.conf")).contains(RECIPE);
        assertThat(folder()).isDirectoryContaining("glob:**.json").isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void only_its_owner_may_see_it() throws IOException {
        new KeptRecipes(folder()).keep("/etc/a.conf", RECIPE);
        assertThat(mode(folder())).isEqualTo("rwx------");
        assertThat(mode(file())).isEqualTo("rw-------");
    }

    @Test
    void a_recipe_that_others_may_write_is_not_executed() throws IOException {
        new KeptRecipes(folder()).keep("/etc/a.conf", RECIPE);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> new KeptRecipes(folder()).of("/etc/a.conf"))
                .isInstanceOf(UnusableRecipeException.class)
                .hasMessageContaining("others may write it; ");
    }

    @Test
    void nor_is_one_of_another_user() throws IOException {
        assumeTrue(StatusFile.read(Path.of("/proc/self")).uid() == 0, "only root can give it away");
        new KeptRecipes(folder()).keep("/etc/a.conf", RECIPE);
        Files.setAttribute(file(), "unix:uid", 65534);
        assertThatThrownBy(() -> new KeptRecipes(folder()).of("/etc/a.conf"))
                .isInstanceOf(UnusableRecipeException.class)
                .hasMessageContaining("it belongs to uid 65534; ");
    }

    /** Incident: somebody let a group read the state folder, and from then on no service came up after a crash. */
    @Test
    void one_that_others_may_only_read_is_a_recipe_and_the_next_is_ours_alone() throws Exception {
        KeptRecipes kept = new KeptRecipes(folder());
        kept.keep("/etc/a.conf", RECIPE);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(kept.of("/etc/a.conf")).contains(RECIPE);
        kept.keep("/etc/a.conf", RECIPE);
        assertThat(mode(file())).isEqualTo("rw-------");
    }

    /** What an earlier version kept; then nice value and processors are left as they are. */
    @Test
    void one_without_scheduling_is_a_recipe() throws Exception {
        new KeptRecipes(folder()).keep("/etc/a.conf", RECIPE);
        String whole = Files.readString(file());
        String old = whole.replaceAll(",\"scheduling\":\\{[^}]*}", "");
        assertThat(old).isNotEqualTo(whole);
        Files.writeString(file(), old);
        StartRecipe read = new KeptRecipes(folder()).of("/etc/a.conf").orElseThrow();
        assertThat(read.scheduling()).isEmpty();
        assertThat(read.limits()).isEqualTo(RECIPE.limits());
    }

    @Test
    void a_damaged_recipe_is_named() throws IOException {
        new KeptRecipes(folder()).keep("/etc/a.conf", RECIPE);
        Files.writeString(file(), "{}");
        assertThatThrownBy(() -> new KeptRecipes(folder()).of("/etc/a.conf"))
                .hasMessageContaining("tried to read the recipe of /etc/a.conf")
                .hasMessageContaining("argv");
    }

    private Path folder() {
        return temporary.resolve("state/recipes");
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder())) {
            return files.findFirst().orElseThrow();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
