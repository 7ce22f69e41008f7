package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunIdTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:30:00.25Z");

    @Test
    void it_tells_when_the_run_was_asked_for() {
        assertThat(RunId.at(NOW)).matches("20261123T103000Z-400[0-9a-f]{3}");
    }

    /** Requests for two targets of one engine may come in the same moment; with one name, one of them would never be carried out. */
    @Test
    void one_process_gives_no_name_twice() {
        assertThat(Stream.generate(() -> RunId.at(NOW)).limit(4096)).doesNotHaveDuplicates();
    }
}
