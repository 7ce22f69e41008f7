package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
    @TempDir
    private Path proc;

    @Test
    void a_kernel_without_a_list_is_asked_for_everybodys_parent() throws IOException {
        process(10, 1);
        process(11, 10);
        process(12, 11);
        process(13, 10);
        assertThat(new Children(proc).of(10)).containsExactly(11, 13);
    }

    @Test
    void the_kernels_list_is_read_of_every_thread() throws IOException {
        String self = "self/task/" + ProcessHandle.current().pid() + "/children";
        list(self, "");
        list("10/task/10/children", "11 12 ");
        list("10/task/14/children", "13 ");
        assertThat(new Children(proc).of(10)).containsExactly(11, 12, 13);
        assertThat(new Children(proc).of(99)).isEmpty();
    }

    private void process(long pid, long parent) throws IOException {
        list(pid + "/stat", pid + " (a) S " + parent + " 1 1 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 100 0");
    }

    private void list(String name, String text) throws IOException {
        Files.createDirectories(proc.resolve(name).getParent());
        Files.writeString(proc.resolve(name), text);
    }
}
