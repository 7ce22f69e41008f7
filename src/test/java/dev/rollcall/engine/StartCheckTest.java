package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void a_unit_knows_its_own_directory_and_program() {
        assertThat(faults(folder + "/release1", "supervisor.service", folder + "/supervisord"))
                .isEmpty();
    }

    @Test
    void of_a_name_that_java_cannot_say_nothing_is_known() {
        assertThat(faults("/gr\uDCFC", "", "./bin")).isEmpty();
    }

    @Test
    void its_program_must_be_there() {
        assertThat(faults("/", "", folder + "/bin/supervisord"))
                .containsExactly(
                        "tried to check how supervisord is started but its program " + folder
                                + "/bin/supervisord does not exist or is not executable; reinstall it, or set `start` of the target");
    }

    @Test
    void its_program_is_looked_up_as_the_start_does() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        executable(own.resolve("here"), "");
        executable(folder.resolve("on-path"), "");
        Files.createDirectory(own.resolve("folder"));
        Files.createFile(own.resolve("plain"));
        assertThat(faults(own.toString(), "", "./here")).isEmpty();
        assertThat(faults(own.toString(), "", "on-path")).isEmpty();
        assertThat(faults(own.toString(), "", "here")).hasSize(1);
        assertThat(faults(own.toString(), "", "./on-path")).hasSize(1);
        assertThat(faults(own.toString(), "", "./folder")).hasSize(1);
        assertThat(faults(own.toString(), "", "./plain")).hasSize(1);
    }

    @Test
    void without_a_path_the_usual_folders_are_searched() {
        assertThat(new StartCheck(recipe("/", "", Map.of(), "true")).faults()).isEmpty();
        assertThat(new StartCheck(recipe("/", "", Map.of(), "no-such-program")).faults())
                .hasSize(1);
    }

    @Test
    void a_script_needs_its_interpreter() throws IOException {
        assertThat(faults("/", "", executable(folder.resolve("good"), "#! /bin/sh -e\n")))
                .isEmpty();
        assertThat(faults("/", "", executable(folder.resolve("env"), "#!/usr/bin/env python3\n")))
                .isEmpty();
        String script = executable(folder.resolve("orphaned"), "#!" + folder + "/bin/python3\nimport x\n");
        assertThat(faults("/", "", script))
                .containsExactly("tried to check how supervisord is started but " + folder
                        + "/bin/python3, which executes " + script
                        + ", does not exist or is not executable; reinstall it, or set `start` of the target");
    }

    @Test
    void an_interpreter_needs_its_script() {
        String gone = folder + "/bin/supervisord";
        assertThat(faults("/", "", "/usr/bin/python3", gone, "-n"))
                .containsExactly("tried to check how supervisord is started but its program " + gone
                        + " does not exist; reinstall it, or set `start` of the target");
        assertThat(faults("/", "", "/usr/bin/python3", "-u", gone)).hasSize(1);
        assertThat(faults("/", "", "/usr/bin/python3", "-m", "supervisor.supervisord"))
                .isEmpty();
    }

    @Test
    void what_another_program_makes_of_its_words_is_not_known() {
        assertThat(faults("/", "", "/bin/true", "/jail", "/usr/no/bin/supervisord"))
                .isEmpty();
    }

    private static String executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private List<String> faults(String directory, String unit, String... argv) {
        return new StartCheck(recipe(directory, unit, Map.of("PATH", "/nowhere:" + folder), argv)).faults();
    }

    private static StartRecipe recipe(String directory, String unit, Map<String, String> environment, String... argv) {
        return new StartRecipe(List.of(argv), directory, environment, 0, 0, List.of(), 18, Map.of(), false, "", unit);
    }
}
