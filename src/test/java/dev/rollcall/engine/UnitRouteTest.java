package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.Surrounding;
import dev.rollcall.port.Starter.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A supervisord that is a systemd unit: systemd has a say in who is ended, and when. */
class UnitRouteTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.starter.unit = "s.service";
    }

    private void unit(KillMode mode, boolean endsWithMain, int limit) {
        world.starter.manners = Optional.of(
                new Unit("s.service", true, mode, endsWithMain, Optional.of(Duration.ofSeconds(limit)), false));
    }

    @Test
    void its_programs_are_stopped_in_their_own_way_where_systemd_would_signal_all_processes() {
        unit(KillMode.CONTROL_GROUP, true, 90);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
        assertThat(FakeWorld.codes(result)).doesNotContain("UNIT_SIGNALS_ALL");
    }

    @Test
    void systemd_stops_what_it_would_start_again_and_the_tasks_are_warned_of() {
        unit(KillMode.CONTROL_GROUP, false, 90);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "stop unit", "shutdown", "start");
        assertThat(FakeWorld.codes(result)).contains("UNIT_SIGNALS_ALL");
    }

    @ParameterizedTest
    @CsvSource({"false, cut", "true, "})
    void tasks_are_cut_short_where_pool_processes_are_signalled_and_else_finish(boolean endsWithMain, String named) {
        unit(KillMode.CONTROL_GROUP, endsWithMain, 90);
        world.busy(MAIN, "cut");
        world.supervisor.manners.put("worker", FakeSupervisor.Manner.WARM);
        List<String> interrupted =
                world.restart().interruptedTasks().stream().map(t -> t.id()).toList();
        assertThat(interrupted).isEqualTo(named == null ? List.of() : List.of(named));
    }

    @ParameterizedTest
    @EnumSource(
            value = KillMode.class,
            names = {"MIXED", "PROCESS"})
    void systemd_stops_one_whose_main_process_alone_it_signals(KillMode mode) {
        unit(mode, true, 90);
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "stop unit", "shutdown", "start");
        assertThat(FakeWorld.codes(result)).doesNotContain("UNIT_SIGNALS_ALL", "UNIT_STOP_TIMEOUT");
    }

    @Test
    void one_that_systemd_would_signal_nothing_is_asked_itself() {
        unit(KillMode.NONE, true, 90);
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
    }

    @Test
    void systemd_is_asked_to_stop_one_that_does_not_let_itself_be_asked_and_the_tasks_are_named() {
        unit(KillMode.CONTROL_GROUP, true, 90);
        world.busy(MAIN, "cut");
        world.supervisor.refuses = true;
        world.machine.after(2_000, () -> world.supervisor.refuses = false);
        Result result = world.restart();
        assertThat(result.exitCode()).as("%s", result.error()).isZero();
        assertThat(world.deeds).containsSubsequence("stop unit", "start");
        assertThat(FakeWorld.codes(result)).contains("UNIT_SIGNALS_ALL");
        assertThat(result.interruptedTasks()).extracting(t -> t.id()).containsExactly("cut");
    }

    @Test
    void a_manager_that_does_not_answer_is_waited_for_with_everything_up() {
        world.starter.silent = true;
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("SYSTEMD_SILENT");
        assertThat(world.deeds).isEmpty();
    }

    @Test
    void from_within_its_own_unit_it_is_not_restarted_whatever_may_be_lost() {
        unit(KillMode.MIXED, true, 90);
        world.starter.around = Optional.of(new Surrounding("s.service", true));
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("INSIDE_TARGET");
    }

    @ParameterizedTest
    @CsvSource({"CONTROL_GROUP, 4", "MIXED, 4", "PROCESS, 0", "NONE, 0"})
    void a_process_that_systemd_would_end_with_the_unit_keeps_it_up(KillMode mode, int exitCode) {
        long detached = POOL + 40;
        world.machine.put(
                Machine.inGroup(Machine.entry(detached, POOL, List.of("sleep", "600"), Map.of()), detached, detached));
        world.starter.residents = List.of(SUPERVISORD, MAIN, POOL, POOL + 1, detached);
        unit(mode, true, 90);
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        if (exitCode == 4) {
            assertThat(result.error().code()).isEqualTo("BYSTANDER_LOSS");
            assertThat(world.deeds).doesNotContain("shutdown", "stop unit");
        }
    }

    @Test
    void its_limit_counts_only_where_systemd_stops_it() {
        unit(KillMode.PROCESS, true, 5);
        assertThat(FakeWorld.codes(world.run(Options.DEFAULTS, true))).contains("UNIT_STOP_TIMEOUT");
        unit(KillMode.CONTROL_GROUP, true, 5);
        assertThat(FakeWorld.codes(world.run(Options.DEFAULTS, true))).doesNotContain("UNIT_STOP_TIMEOUT");
    }
}
