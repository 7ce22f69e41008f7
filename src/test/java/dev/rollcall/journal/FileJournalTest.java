package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Step;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalTest {
    private static final Event BEGUN = new Event.StepBegun(Step.START);

    private Path root;
    private FileJournal journal;

    @BeforeEach
    void open(@TempDir Path folder) {
        root = folder.resolve("state");
        journal = new FileJournal(root, Retention.DEFAULT);
    }

    @Test
    void nothing_is_made_before_something_is_written() {
        assertThat(journal.runs()).isEmpty();
        assertThat(journal.read("a")).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void events_are_numbered_and_read_again() {
        write("a", 2);
        assertThat(journal.read("a").orElseThrow()).extracting(e -> e.seq()).containsExactly(1L, 2L);
        assertThat(journal.read("a").orElseThrow()).extracting(e -> e.event()).containsOnly(BEGUN);
    }

    @Test
    void the_latest_run_comes_first_and_other_files_are_no_runs() throws IOException {
        write("20260101T000000Z-a", 1);
        write("20260102T000000Z-a", 1);
        Files.writeString(root.resolve("runs/notes.txt"), "x");
        assertThat(journal.runs()).containsExactly("20260102T000000Z-a", "20260101T000000Z-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".jsonl",
                ".a.jsonl",
                "-a.jsonl",
                "_a.jsonl",
                "a b.jsonl",
                "a.b.jsonl",
                "\u00e4.jsonl",
                "a.jsonl~",
                "a.damaged"
            })
    void a_file_without_the_name_of_a_run_is_none(String name) throws IOException {
        write("20260101T000000Z_B-9z", 1);
        Files.writeString(root.resolve("runs").resolve(name), "x");
        assertThat(journal.runs()).containsExactly("20260101T000000Z_B-9z");
    }

    @Test
    void a_torn_last_line_is_dropped() throws IOException {
        write("a", 3);
        byte[] bytes = Files.readAllBytes(journal.path("a"));
        Files.write(journal.path("a"), Arrays.copyOf(bytes, bytes.length - 20));
        assertThat(journal.read("a").orElseThrow()).hasSize(2);
    }

    @Test
    void what_follows_an_altered_line_is_not_trusted() throws IOException {
        write("a", 3);
        List<String> lines = Files.readAllLines(journal.path("a"));
        Files.write(journal.path("a"), List.of(lines.get(0), lines.get(1).replace("start", "stort"), lines.get(2)));
        assertThat(journal.read("a").orElseThrow()).hasSize(1);
    }

    @Test
    void a_line_of_another_run_is_not_trusted() throws IOException {
        write("a", 1);
        write("b", 1);
        Files.write(journal.path("a"), Files.readAllBytes(journal.path("b")), StandardOpenOption.APPEND);
        assertThat(journal.read("a").orElseThrow()).hasSize(1);
    }

    @Test
    void a_run_is_written_by_one_only() {
        write("a", 1);
        assertThatThrownBy(() -> journal.begin("a", List.of("/c"), List.of()))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("tried to create " + journal.path("a") + " but");
    }

    /** Its first line found no room, or the process died before it: nothing has been done by it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{\"seq\":1,\"at\":\"2026-"})
    void one_that_never_got_a_line_is_begun_again(String torn) throws IOException {
        write("a", 0);
        Files.writeString(journal.path("a"), torn);
        write("a", 2);
        assertThat(journal.read("a").orElseThrow()).extracting(e -> e.seq()).containsExactly(1L, 2L);
        assertThat(journal.glance("a").orElseThrow().whole()).isTrue();
        assertThat(journal.runsOf(List.of("/c"))).containsExactly("a");
    }

    @Test
    void one_whose_only_line_is_damaged_is_not() throws IOException {
        write("a", 1);
        byte[] bytes = Files.readAllBytes(journal.path("a"));
        bytes[3] ^= 1;
        Files.write(journal.path("a"), bytes);
        assertThatThrownBy(() -> write("a", 1)).isInstanceOf(JournalException.class);
        assertThat(journal.path("a")).hasBinaryContent(bytes);
    }

    @Test
    void a_run_id_is_no_way_out_of_the_folder() throws IOException {
        write("a", 1);
        Files.copy(journal.path("a"), root.resolve("a.jsonl"));
        assertThat(journal.read("../a")).isEmpty();
        assertThat(journal.read("../../etc/passwd")).isEmpty();
    }

    @Test
    void folders_are_0700_and_files_0600() throws IOException {
        write("a", 1);
        journal.writePids(Optional.empty(), "default", List.of(1L));
        journal.errors("default");
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void pids_stand_on_one_line_in_a_file_that_is_replaced_as_a_whole() throws IOException {
        Path file = journal.writePids(Optional.empty(), "default", List.of(10L, 12L));
        assertThat(file).isEqualTo(root.resolve("pids/default.txt")).hasContent("10 12\n");
        Object before = Files.readAttributes(file, "unix:ino").get("ino");
        journal.writePids(Optional.empty(), "default", List.of());
        assertThat(file).isEmptyFile();
        assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isNotEqualTo(before);
        assertThat(file.getParent()).isDirectoryNotContaining(f -> !f.equals(file));
    }

    @Test
    void pids_go_where_the_user_wants_them(@TempDir Path folder) {
        Path mine = folder.resolve("worker.pids");
        assertThat(journal.writePids(Optional.of(mine), "default", List.of(7L))).isEqualTo(mine);
        assertThat(mine).content(StandardCharsets.UTF_8).isEqualTo("7\n");
    }

    @Test
    void a_place_for_pids_that_cannot_be_used_is_named_with_its_own_remedy(@TempDir Path folder) throws IOException {
        Path full = Files.createDirectories(folder.resolve("full").resolve("of"));
        for (Path file : List.of(folder.resolve("missing").resolve("p.txt"), full.getParent())) {
            assertThatThrownBy(() -> journal.writePids(Optional.of(file), "default", List.of(7L)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("--pidfile")
                    .hasMessageNotContaining("--state-dir");
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("runs"), "a file in the way");
        assertThatThrownBy(() -> journal.begin("a", List.of("/c"), List.of()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(root.resolve("runs").toString())
                .hasMessageContaining("--state-dir");
    }

    @Test
    void a_file_for_errors_can_be_written_or_is_an_error() throws IOException {
        assertThat(journal.errors("default")).isEmptyFile();
        Files.writeString(journal.errors("default"), "words");
        assertThat(journal.errors("default")).hasContent("words");
        Files.createDirectory(root.resolve("start/other.err"));
        assertThatThrownBy(() -> journal.errors("other"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("start/other.err");
    }

    private void write(String id, int events) {
        try (RunLog log = journal.begin(id, List.of("/c"), List.of())) {
            for (int i = 0; i < events; i++) {
                log.append(Instant.EPOCH, BEGUN);
            }
        }
    }
}
