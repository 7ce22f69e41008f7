package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: a run with a file for its pids in a folder that was not there had no end, and was gone on with for ever. */
class PidfileTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.journal.pidTrouble = Optional.of("tried to write /missing/p.txt but its folder is not there");
    }

    @Test
    void one_that_cannot_be_written_is_a_refusal_and_the_end_of_the_run() throws Exception {
        Result result = world.run(with("/missing/p.txt"), false);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("PIDFILE_UNUSABLE");
        assertThat(result.error().message()).contains("/missing/p.txt");
        assertThat(result.changed()).isFalse();
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.OVER);
        assertThat(world.deeds).doesNotContain("shutdown");
        assertThat(world.resume()).isEmpty();
    }

    /** Nobody knows whether its end could be written either. */
    @Test
    void a_state_folder_that_cannot_be_written_is_another_matter() {
        assertThatThrownBy(() -> world.restart()).isInstanceOf(JournalException.class);
        assertThat(world.deeds).doesNotContain("shutdown");
    }

    private static Options with(String pidfile) throws UsageException {
        return OptionSet.of(Map.of("pidfile", pidfile), "the test").options();
    }
}
