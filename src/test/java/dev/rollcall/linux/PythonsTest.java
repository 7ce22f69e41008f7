package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: where there was no /usr/bin/python3 supervisord was stopped, and nothing was there to start it with. */
class PythonsTest {
    @TempDir
    private Path root;

    private long us;

    @BeforeEach
    void look() throws IOException {
        us = StatusFile.read(Path.of("/proc/self")).uid();
    }

    @Test
    void one_of_conda_is_called_python_and_leads_to_a_3() throws IOException {
        program("opt/conda/bin/python3.11");
        Path python = link("opt/conda/bin/python", "python3.11");
        assertThat(of(us, python.toString())).isEqualTo(python.toString());
    }

    @Test
    void one_that_a_script_was_found_with_is_looked_up_on_its_path() throws IOException {
        Path python = program("venv/bin/python3");
        assertThat(of(us, "python3")).isEqualTo(python.toString());
    }

    @Test
    void one_that_was_named_from_its_directory_is_looked_up_there() throws IOException {
        Path python = program("venv/bin/python3");
        assertThat(of(us, "venv/bin/python3")).isEqualTo(python.toString());
    }

    @Test
    void the_one_beside_supervisord_s_program_is_its_own() throws IOException {
        Path program = program("opt/conda/bin/supervisord");
        Path python = program("opt/conda/bin/python3");
        assertThat(of(us, program.toString())).isEqualTo(python.toString());
    }

    @Test
    void of_a_python_2_the_host_s_is_taken() throws IOException {
        program("opt/bin/python2.7");
        Path python = link("opt/bin/python", "python2.7");
        Path host = program("usr/local/bin/python3");
        assertThat(of(us, python.toString())).isEqualTo(host.toString());
    }

    @Test
    void a_host_may_have_one_with_a_number_only() throws IOException {
        Path old = program("usr/bin/python3.6");
        assertThat(of(us, "/gone/supervisord")).isEqualTo(old.toString());
        assertThat(new Pythons(root).first()).contains(old.toString());
    }

    @Test
    void or_one_without_a_number() throws IOException {
        program("opt/python3.12");
        Path python = link("usr/local/bin/python", "../../../opt/python3.12");
        assertThat(of(us, "/gone/supervisord")).isEqualTo(python.toString());
    }

    @Test
    void s13_that_of_another_user_is_none() throws IOException {
        Path own = program("home/bin/python3");
        assertThat(of(us + 1, own.toString())).isEqualTo("/usr/bin/python3");
        Path host = program("usr/bin/python3.9");
        assertThat(of(us + 1, own.toString())).isEqualTo(host.toString());
        assertThat(of(us, own.toString())).isEqualTo(own.toString());
    }

    @Test
    void one_that_does_not_tell_its_version_is_better_than_none() throws IOException {
        Path python = program("opt/bin/python");
        assertThat(of(us, python.toString())).isEqualTo(python.toString());
        Path host = program("usr/bin/python3");
        assertThat(of(us, python.toString())).isEqualTo(host.toString());
    }

    @Test
    void where_there_is_none_the_usual_one_is_named() throws IOException {
        Files.createDirectories(root.resolve("usr/bin/python3"));
        assertThat(of(us, "/usr/bin/env")).isEqualTo("/usr/bin/python3");
        assertThat(new Pythons(root).first()).isEmpty();
    }

    private String of(long user, String word) {
        Map<String, String> environment = Map.of("PATH", root + "/none:" + root + "/venv/bin");
        StartRecipe recipe = new StartRecipe(
                List.of(word), root.toString(), environment, user, user, List.of(), 18, Map.of(), false, "", "");
        return new Pythons(root).of(recipe);
    }

    private Path program(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path link(String name, String target) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        return Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }
}
