package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incident: the log of a {@code supervisord -n | logger} ended with a restart, and nobody had been told. */
class OutputsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "pipe:[123], /dev/null, standard output (pipe:[123])",
        "/dev/pts/3, /dev/pts/3, standard output (/dev/pts/3); standard error (/dev/pts/3)",
        "/dev/null, socket:[9], standard error (socket:[9])",
        "out.log (deleted), /dev/null, standard output (out.log (deleted))",
        "out.log, out.log, standard error (out.log)",
        "out.log, errors.txt, ''",
        "/dev/null, /dev/null, ''"
    })
    void what_cannot_be_opened_once_more_is_lost(String out, String err, String lost) throws IOException {
        Outputs outputs = outputs(out, err);
        assertThat(String.join("; ", outputs.lost()).replace(folder + "/", "")).isEqualTo(lost);
    }

    @Test
    void a_closed_one_is_nothing_to_lose() throws IOException {
        assertThat(Outputs.read(folder).lost()).isEmpty();
        assertThat(Outputs.read(folder).areNowhere()).isTrue();
    }

    private Outputs outputs(String out, String err) throws IOException {
        Files.createFile(folder.resolve("out.log"));
        Files.createFile(folder.resolve("errors.txt"));
        Path fds = Files.createDirectory(folder.resolve("fd"));
        Files.createSymbolicLink(fds.resolve("1"), target(out));
        Files.createSymbolicLink(fds.resolve("2"), target(err));
        return Outputs.read(folder);
    }

    private Path target(String name) {
        return name.contains("[") ? Path.of(name) : folder.resolve(name);
    }
}
