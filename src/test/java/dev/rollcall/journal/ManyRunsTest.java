package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Retention;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A timer has restarted two supervisords every few minutes, for a long time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyRunsTest {
    private static final int RUNS = 5_000;
    private static final Duration GENEROUS = Duration.ofSeconds(1);

    private Path root;
    private FileJournal journal;

    @BeforeAll
    void write(@TempDir Path folder) throws IOException {
        root = folder.resolve("state");
        for (int i = 0; i < RUNS; i++) {
            String conf = i % 2 == 0 ? "/even" : "/odd";
            Journals.write(root, id(i), Journals.requested(conf, "release-" + i), Journals.STOPPING, Journals.UP);
        }
        journal = new FileJournal(root, Retention.DEFAULT, HostFolder.of(folder.resolve("nowhere")));
        // the first run that finds no index makes it
        journal.begin(id(RUNS), List.of("/even"), List.of("first")).close();
    }

    @Test
    void a_token_is_found_without_reading_other_runs() {
        List<String> found = timed("token", () -> journal.runsWith(List.of("/odd"), "release-471"));
        assertThat(found).containsExactly(id(471));
        assertThat(journal.runsWith(List.of("/even"), "release-471")).isEmpty();
        assertThat(journal.runsWith(List.of("/even"), "first")).containsExactly(id(RUNS));
    }

    @Test
    void the_runs_of_a_configuration_are_found_latest_first() {
        List<String> found = timed("runs of a configuration", () -> journal.runsOf(List.of("/odd")));
        assertThat(found)
                .hasSize(RUNS / 2)
                .startsWith(id(RUNS - 1), id(RUNS - 3))
                .endsWith(id(1));
    }

    @Test
    void all_of_them_can_be_listed() {
        assertThat(timed("all ends", () -> journal.runs().stream()
                        .map(journal::glance)
                        .flatMap(Optional::stream)
                        .filter(g -> g.ended().isPresent())
                        .count()))
                .isEqualTo(RUNS);
    }

    @Test
    void nothing_to_prune_costs_nothing() {
        FileJournal all = new FileJournal(
                root, new Retention(Duration.ofDays(9999), RUNS * 2), HostFolder.of(root.resolve("nowhere")));
        timed("nothing to prune", () -> {
            all.prune(Instant.now());
            return 0;
        });
        assertThat(all.runs()).hasSize(RUNS + 1);
    }

    @Test
    void much_to_prune_is_done_in_parts(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 1000; i++) {
            Journals.write(folder, id(i), Journals.requested("/c", null), Journals.STOPPING, Journals.UP);
        }
        FileJournal few = new FileJournal(
                folder, new Retention(Duration.ofDays(9999), 100), HostFolder.of(root.resolve("nowhere")));
        few.begin(id(1000), List.of("/c"), List.of()).close();
        timed("a part of pruning", () -> {
            few.prune(Instant.now());
            return 0;
        });
        assertThat(few.runs()).hasSize(1001 - Housekeeping.AT_ONCE).doesNotContain(id(Housekeeping.AT_ONCE - 1));
        assertThat(few.runsOf(List.of("/c"))).hasSize(1001 - Housekeeping.AT_ONCE);
        try (Stream<Path> links = Files.list(folder.resolve("by-conf").resolve(Digest.of(HostId.ours() + "\n/c")))) {
            assertThat(links).hasSize(1001 - Housekeeping.AT_ONCE);
        }
    }

    private static String id(int number) {
        return String.format("20260101T%06dZ-aaaaaa", number);
    }

    /** Of the processor: a disk that others use as well is not what is measured. */
    private static <T> T timed(String what, Supplier<T> work) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long began = clock.getCurrentThreadCpuTime();
        T result = work.get();
        Duration took = Duration.ofNanos(clock.getCurrentThreadCpuTime() - began);
        System.out.println(what + ", " + RUNS + " runs: " + took.toMillis() + " ms");
        assertThat(took).isLessThan(what.equals("all ends") ? GENEROUS.multipliedBy(20) : GENEROUS);
        return result;
    }
}
