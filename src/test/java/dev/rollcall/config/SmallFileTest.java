package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmallFileTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    @Test
    void a_file_up_to_the_limit_is_read_and_a_larger_one_is_not() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");
        assertThat(SmallFile.read(file, 3, PATIENCE)).asString().isEqualTo("abc");
        assertThatThrownBy(() -> SmallFile.read(file, 2, PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessage("it is larger than 2 bytes");
    }

    @Test
    void an_endless_device_is_larger_than_any_limit() {
        assertThatThrownBy(() -> SmallFile.read(Path.of("/dev/zero"), 64 << 10, PATIENCE.multipliedBy(100)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is larger than 64 KiB");
    }

    @Test
    void a_folder_and_a_file_that_is_not_there_are_told_apart() {
        assertThatThrownBy(() -> SmallFile.read(folder, 9, PATIENCE)).hasMessage("it is a folder");
        assertThatThrownBy(() -> SmallFile.read(folder.resolve("none"), 9, PATIENCE))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** As a shell's {@code <(command)} is one. */
    @Test
    void a_pipe_is_read_to_its_end() throws Exception {
        Path pipe = pipe();
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(pipe, "abc"));
        assertThat(SmallFile.read(pipe, 9, PATIENCE.multipliedBy(100)))
                .asString()
                .isEqualTo("abc");
        written.get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_pipe_that_nobody_writes_to_is_not_waited_for() throws Exception {
        Path pipe = pipe();
        assertThatThrownBy(() -> SmallFile.read(pipe, 9, PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessage("it did not end within 200 ms");
        write(pipe, ""); // lets the thread go that still waits
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private static void write(Path pipe, String text) {
        try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
