package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyTest {
    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    private Ready ready(Path state, List<String> triggers, Duration oldest, int parked) {
        return new Ready(state, () -> triggers, () -> oldest, () -> parked, nanos::get);
    }

    @Test
    void an_engine_with_nothing_wrong_is_ready_and_leaves_no_file_behind() throws IOException {
        assertThat(ready(folder, List.of(), Duration.ZERO, 0).report())
                .isEqualTo(new Ready.Report(true, List.of(), List.of()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_trigger_that_is_down_makes_it_not_ready() {
        Ready.Report report =
                ready(folder, List.of("the inbox is gone"), Duration.ZERO, 0).report();
        assertThat(report.ready()).isFalse();
        assertThat(report.problems()).containsExactly("the inbox is gone");
    }

    @Test
    void the_state_folder_is_written_to_but_not_each_time_that_somebody_asks() throws IOException {
        Path state = Files.createDirectory(folder.resolve("state"));
        Ready ready = ready(state, List.of(), Duration.ZERO, 0);
        assertThat(ready.report().ready()).isTrue();
        Files.delete(state);
        Files.createFile(state);
        assertThat(ready.report().ready()).as("known").isTrue();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(ready.report().problems())
                .singleElement()
                .asString()
                .startsWith("STATE_NOT_WRITABLE: tried to write to " + state);
    }

    @Test
    void an_outbox_that_is_late_or_has_parked_events_is_told_but_requests_can_be_taken() {
        Ready.Report report =
                ready(folder, List.of(), Duration.ofMinutes(16), 2).report();
        assertThat(report.ready()).isTrue();
        assertThat(report.warnings())
                .satisfiesExactly(
                        late -> assertThat(late).contains("OUTBOX_LATE", "16 minutes"),
                        parked -> assertThat(parked).contains("EVENT_PARKED: 2 events", "outbox/parked"));
        assertThat(ready(folder, List.of(), Duration.ofMinutes(14), 0).report().warnings())
                .isEmpty();
    }
}
