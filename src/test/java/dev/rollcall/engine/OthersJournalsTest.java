package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the journals of other runs must not fail this one. */
class OthersJournalsTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
    }

    @Test
    void one_that_cannot_be_read_does_not_keep_a_service_down_that_is_to_be_resumed() {
        world.restart();
        String other = world.journal.runs().get(0);
        world.machine.pause(Duration.ofSeconds(5));
        world.cutAfter("shutdown_done");
        world.journal.unreadable.add(other);
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).contains("JOURNAL_UNREADABLE");
    }

    @Test
    void one_that_cannot_be_closed_does_not_fail_the_run_that_has_finished_it() {
        world.cutAfter("shutdown_done");
        String first = world.journal.runs().get(0);
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        world.journal.breaksAt = OthersJournalsTest::closesAnother;
        Result result = world.restart();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(FakeWorld.codes(result)).contains("JOURNAL_BROKEN").doesNotContain("INTERNAL_ERROR");
        assertThat(world.machine.runs(POOL)).isFalse();
        assertThat(Standing.of(world.journal.read(first).orElseThrow())).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void nor_does_one_that_had_changed_nothing() {
        world.cutAfter("inspect_begun");
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        world.journal.breaksAt = OthersJournalsTest::closesAnother;
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void a_run_that_is_given_up_is_no_more_to_do_and_nothing_is_done() throws Exception {
        world.cutAfter("shutdown_done");
        world.machine.goOn();
        String run = world.journal.runs().get(0);
        assertThat(world.engine().abandon(run, world.request(Options.DEFAULTS, false)))
                .isTrue();
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.OVER);
        assertThat(world.resume()).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "shutdown");
        assertThat(world.engine().abandon(run, world.request(Options.DEFAULTS, false)))
                .isFalse();
    }

    @Test
    void a_run_of_before_the_configuration_became_a_link_is_finished(@TempDir Path elsewhere) throws IOException {
        world.cutAfter("shutdown_done");
        String first = world.journal.runs().get(0);
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        Path conf = world.request(Options.DEFAULTS, false).conf();
        Files.createSymbolicLink(conf, Files.move(conf, elsewhere.resolve("moved.conf")));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).contains("RUN_FINISHED");
        assertThat(Standing.of(world.journal.read(first).orElseThrow())).isEqualTo(Standing.OVER);
    }

    private static boolean closesAnother(Event event) {
        return event instanceof Event.RunEnded end && end.outcome() == Outcome.INTERRUPTED;
    }
}
