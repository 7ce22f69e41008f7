package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.port.Starter.Birth;
import dev.rollcall.port.Starter.Surrounding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Rollcall is confined in, a supervisord that it starts would be confined in too. */
class SandboxTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_supervisord_that_would_be_born_into_a_sandbox_is_not_shut_down() {
        world.starter.birth = new Birth(List.of("no new privileges", "another view"), 0, List.of());
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("SANDBOXED");
        assertThat(result.error().message()).contains("no new privileges; another view");
        assertThat(world.deeds).doesNotContain("shutdown", "start");
    }

    @Test
    void a_unit_is_started_by_its_manager_and_inherits_nothing() {
        world.starter.birth = new Birth(List.of("no new privileges"), 100, List.of());
        world.starter.unit = "supervisor.service";
        assertThat(world.run(Options.DEFAULTS, true).error()).isNull();
    }

    @Test
    void one_that_would_be_killed_sooner_is_worth_a_word() {
        world.starter.birth = new Birth(List.of(), 200, List.of());
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.findings()).extracting(Finding::code).contains("OOM_SCORE");
    }

    @Test
    void output_that_will_not_arrive_any_more_is_told_before_anything_is_stopped() {
        world.starter.birth = new Birth(List.of(), 0, List.of("standard output (pipe:[7])"));
        Result result = world.run(Options.DEFAULTS, true);
        assertThat(result.findings())
                .filteredOn(f -> f.code().equals("OUTPUT_LOST"))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("standard output (pipe:[7])");
        assertThat(FakeWorld.codes(world.restart())).contains("OUTPUT_LOST");
    }

    @Test
    void one_that_would_be_killed_later_is_not() {
        world.starter.birth = new Birth(List.of(), -200, List.of());
        assertThat(world.restart().findings()).extracting(Finding::code).doesNotContain("OOM_SCORE");
    }

    @Test
    void a_supervisord_is_not_shut_down_if_a_new_one_would_end_with_our_unit() {
        world.starter.around = Optional.of(new Surrounding("nightly.service", false));
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("ENDS_WITH_UNIT");
        assertThat(result.error().message()).contains("nightly.service").contains("KillMode=process");
        assertThat(world.deeds).doesNotContain("shutdown", "start");
    }

    @Test
    void a_unit_is_born_elsewhere() {
        world.starter.around = Optional.of(new Surrounding("nightly.service", false));
        world.starter.unit = "supervisor.service";
        assertThat(world.run(Options.DEFAULTS, true).error()).isNull();
    }

    @Test
    void nor_is_one_started_there(@TempDir Path folder) {
        FakeWorld down = new FakeWorld(folder);
        down.starter.around = Optional.of(new Surrounding("nightly.service", false));
        Result result = down.restart();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("ENDS_WITH_UNIT");
        assertThat(down.deeds).doesNotContain("start");
    }

    /** An agent's, that had started the one of now as well. */
    @Test
    void a_unit_that_the_one_of_now_lives_in_too_is_no_worse_place() {
        world.starter.around = Optional.of(new Surrounding("agent.service", true));
        assertThat(world.restart().exitCode()).isZero();
    }
}
