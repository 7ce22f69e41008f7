package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.port.Journal.Holder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan said that all was well, and the restart did something else first. */
class AheadTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_plan_tells_of_the_run_that_holds_the_target() {
        world.journal.held = Optional.of(new Holder("the-run", 7, "timer:nightly", Instant.EPOCH));
        Result plan = world.run(Options.DEFAULTS, true);
        assertThat(plan.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(finding(plan, "TARGET_BUSY").message())
                .isEqualTo("a restart ends with exit code 3 now: run the-run (pid 7, by timer:nightly, since "
                        + Instant.EPOCH + ") holds this supervisord");
    }

    @Test
    void and_of_one_that_was_cut_off_and_is_finished_first() {
        world.cutAfter("shutdown_begun");
        world.machine.goOn();
        String cut = world.journal.runs().get(0);
        Result plan = world.run(Options.DEFAULTS, true);
        assertThat(finding(plan, "CUT_OFF").message()).startsWith("run " + cut + " was cut off");
    }

    @Test
    void of_neither_if_there_is_none() {
        assertThat(FakeWorld.codes(world.run(Options.DEFAULTS, true))).doesNotContain("TARGET_BUSY", "CUT_OFF");
    }

    private static Finding finding(Result plan, String code) {
        return plan.findings().stream()
                .filter(f -> f.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
