package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would keep supervisord itself from starting (S5). */
class StartCheckTest {
    @TempDir
    private Path folder;

    @Test
    void the_directory_that_the_start_enters_must_be_there() {
        assertThat(faults(folder.toString(), "", "/bin/true")).isEmpty();
        assertThat(faults(folder + "/release1", "", "/bin/true"))
                .containsExactly("tried to check how supervisord is started but its directory " + folder
                        + "/release1 is not there or may not be entered; create it");
    }

    @Test
    void a_unit_knows_its_own_directory() {
        assertThat(faults(folder + "/release1", "supervisor.service", "/bin/true"))
                .isEmpty();
    }

    @Test
    void of_a_name_that_java_cannot_say_nothing_is_known() {
        assertThat(faults("/gr\uDCFC", "", "/bin/true")).isEmpty();
    }

    private List<String> faults(String directory, String unit, String... argv) {
        return new StartCheck(new StartRecipe(
                        List.of(argv),
                        directory,
                        Map.of("PATH", folder.toString()),
                        0,
                        0,
                        List.of(),
                        18,
                        Map.of(),
                        false,
                        "",
                        unit))
                .faults();
    }
}
