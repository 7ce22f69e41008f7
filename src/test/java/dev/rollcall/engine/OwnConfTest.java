package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnConfTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "supervisord -c /a/s.conf",
                "python3 /usr/bin/supervisord -n -c/a/s.conf",
                "python3 /usr/bin/supervisord -nc /a/s.conf",
                "python3 -m supervisor.supervisord --configuration /a/s.conf",
                "supervisord --configuration=/a/s.conf -n",
                "supervisord --conf /a/s.conf",
                "supervisord -c ~/s.conf"
            })
    void it_is_named_as_getopt_takes_it(String words) {
        assertThat(of("/", words)).contains(Path.of("/a/s.conf"));
    }

    @Test
    void a_path_is_given_as_it_is_with_its_links(@TempDir Path folder) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("current"), Files.createDirectory(folder.resolve("r1")));
        assertThat(of("/", "supervisord -c " + link + "/s.conf")).contains(link.resolve("s.conf"));
    }

    /** The kernel tells a process its directory without links. */
    @Test
    void a_relative_path_begins_at_the_real_directory(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("r1")).toRealPath();
        Path link = Files.createSymbolicLink(folder.resolve("current"), real);
        assertThat(of(link.toString(), "supervisord -c s.conf")).contains(real.resolve("s.conf"));
    }

    @Test
    void one_that_names_none_searches(@TempDir Path folder) throws IOException {
        Path conf = Files.writeString(folder.toRealPath().resolve("supervisord.conf"), "");
        assertThat(of(folder.toString(), "/none/bin/supervisord -n")).contains(conf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh -c /srv/start", "/srv/start-all -c /a/s.conf", "supervisord -c ~other/s.conf"})
    void of_another_command_nobody_knows(String words) {
        assertThat(of("/", words)).isEmpty();
    }

    @Test
    void the_program_may_lie_in_a_folder_with_a_blank() {
        assertThat(OwnConf.of(recipe("/", List.of("python3", "/opt/my env/bin/supervisord", "-c", "/a/s.conf"))))
                .contains(Path.of("/a/s.conf"));
    }

    @Test
    void nor_of_what_a_shell_makes_of_its_words() {
        assertThat(OwnConf.of(recipe("/", List.of("sh", "-c", "cd /srv && exec /usr/bin/supervisord"))))
                .isEmpty();
    }

    private static Optional<Path> of(String directory, String words) {
        return OwnConf.of(recipe(directory, List.of(words.split(" "))));
    }

    private static StartRecipe recipe(String directory, List<String> argv) {
        return new StartRecipe(argv, directory, Map.of("HOME", "/a"), 0, 0, List.of(), 18, Map.of(), false, "", "");
    }
}
