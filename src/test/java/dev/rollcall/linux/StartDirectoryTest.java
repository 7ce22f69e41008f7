package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartDirectoryTest {
    @TempDir
    private Path then;

    @TempDir
    private Path now;

    @TempDir
    private Path links;

    private Path cwd;

    @BeforeEach
    void configuration() throws IOException {
        Files.createFile(then.resolve("my.conf"));
        cwd = link(now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-c my.conf", "-cmy.conf", "--configuration my.conf", "--configuration=my.conf", "-nc my.conf"})
    void a_relative_configuration_is_found_where_it_was_started(String words) throws IOException {
        assertThat(of("supervisord " + words)).isEqualTo(then.toString());
    }

    @Test
    void otherwise_it_is_where_it_is_now() throws IOException {
        assertThat(of("supervisord -c " + then + "/my.conf")).isEqualTo(now.toString());
        assertThat(of("supervisord -c other.conf")).isEqualTo(now.toString());
        assertThat(of("supervisord")).isEqualTo(now.toString());
    }

    @Test
    void what_supervisord_would_find_by_itself_counts() throws IOException {
        Files.createFile(then.resolve("supervisord.conf"));
        assertThat(of("supervisord")).isEqualTo(then.toString());
        Files.createFile(now.resolve("supervisord.conf"));
        assertThat(of("supervisord")).isEqualTo(now.toString());
    }

    @Test
    void one_that_was_removed_keeps_its_name() throws IOException {
        cwd = link(Path.of(now + "/release1 (deleted)"));
        assertThat(of("supervisord -c /my.conf")).isEqualTo(now + "/release1");
    }

    @Test
    void one_that_is_called_deleted_is_there() throws IOException {
        Path folder = Files.createDirectory(now.resolve("release1 (deleted)"));
        cwd = link(folder);
        assertThat(of("supervisord -c /my.conf")).isEqualTo(folder.toString());
    }

    /** As {@code /proc/PID/cwd}. */
    private Path link(Path target) throws IOException {
        return Files.createSymbolicLink(links.resolve(target.getFileName() + " of a process"), target);
    }

    private String of(String line) throws IOException {
        return StartDirectory.of(List.of(line.split(" ")), Map.of("PWD", then.toString()), cwd);
    }
}
