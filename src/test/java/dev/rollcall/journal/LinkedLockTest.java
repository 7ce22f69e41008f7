package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else may have laid where the host's locks are (S10). */
class LinkedLockTest {
    private static final int SOMEBODY = 54321;

    @TempDir
    private Path folder;

    @Test
    void a_link_is_not_opened() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), precious);
        assertThatThrownBy(() -> OpenFile.open(link)).isInstanceOf(IOException.class);
    }

    @Test
    void a_folder_of_a_third_user_is_not_used() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assertThat(HostFolder.of(folder).file("x")).isPresent();
        Files.setAttribute(folder, "unix:uid", SOMEBODY);
        assertThat(HostFolder.of(folder).file("x")).isEmpty();
    }
}
