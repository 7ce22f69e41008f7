package dev.rollcall.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_is_replaced_as_a_whole_and_is_the_owners() throws IOException {
        Path file = Files.writeString(folder.resolve("cursor"), "a longer text of before");
        Disk.replace(file, "new", Disk.OWNER_FILE);
        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(names()).containsExactly("cursor");
    }

    @Test
    void the_longest_name_is_no_obstacle() throws IOException {
        Path file = folder.resolve("n".repeat(255));
        Disk.replace(file, "text", Disk.OWNER_FILE);
        assertThat(file).hasContent("text");
    }

    @Test
    void nothing_is_left_of_one_that_cannot_be_put_in_place() throws IOException {
        Files.createDirectories(folder.resolve("cursor/full"));
        assertThatThrownBy(() -> Disk.replace(folder.resolve("cursor"), "new", Disk.OWNER_FILE))
                .isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("cursor");
    }

    @Test
    void folders_are_the_owners_up_to_the_first_that_was_there() throws IOException {
        Disk.makeFolder(folder.resolve("a/b"));
        Disk.makeFolder(folder.resolve("a/b"));
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList().stream();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
