package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Supervisor.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real routes on the fake machine: runs that must not begin. Nothing is stopped, signalled or started by any. */
class RefusalRouteTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @AfterEach
    void nothing_was_touched() {
        assertThat(world.deeds).doesNotContain("shutdown", "start");
        assertThat(world.processes.signalled).isEmpty();
        assertThat(world.machine.runs(MAIN)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "STOPPING, SUPERVISORD_STOPPING",
        "DENIED, SUPERVISORD_UNREACHABLE",
        "SILENT, SUPERVISORD_UNREACHABLE",
        "ABSENT, SUPERVISORD_UNREACHABLE"
    })
    void a_supervisord_that_cannot_be_spoken_to_is_refused_at_preflight(Reach reach, String code) {
        world.supervisor.reach = reach;
        refused(world.restart(), code, "preflight");
    }

    @Test
    void a_program_that_could_not_start_again_is_refused_at_preflight() {
        world.supervisor.launches.add(new SupervisorConf.Launch("worker", "/no/such/program", "", "/bin"));
        refused(world.restart(), "WOULD_NOT_START", "preflight");
    }

    @Test
    void a_start_directory_that_is_gone_is_refused_at_preflight() {
        world.starter.directory = "/no/such/release";
        refused(world.restart(), "WOULD_NOT_START", "preflight");
    }

    @Test
    void a_supervisord_whose_program_is_gone_is_refused_at_preflight() {
        world.starter.program = "/no/such/venv/bin/python3";
        refused(world.restart(), "WOULD_NOT_START", "preflight");
    }

    /** Incident: supervisord was stopped, and the program that was to start it did not work with the host's Python. */
    @Test
    void a_start_that_does_not_work_when_it_is_tried_is_refused_at_preflight() {
        world.starter.trial = Optional.of("echo 'AttributeError: valid_signals of redis://:secret@h/0' >&2; exit 1");
        Result result = world.restart();
        refused(result, "WOULD_NOT_START", "preflight");
        assertThat(result.error().message())
                .contains("exit code 1: AttributeError: valid_signals")
                .doesNotContain("secret");
    }

    @Test
    void one_that_works_is_not() {
        world.starter.trial = Optional.of("exit 0");
        assertThat(world.run(Options.DEFAULTS, true).error()).isNull();
    }

    /** Root has started it, and it has become the user of its section since. */
    @Test
    void a_configuration_that_only_root_may_read_is_refused_at_preflight_if_supervisord_runs_as_another_user() {
        world.starter.unreadable = Optional.of(world.conf.toString());
        Result result = world.restart();
        refused(result, "WOULD_NOT_START", "preflight");
        assertThat(result.error().message()).contains("may not read " + world.conf);
    }

    @Test
    void what_a_unit_may_read_its_manager_knows() {
        world.starter.unreadable = Optional.of(world.conf.toString());
        world.starter.unit = "supervisor.service";
        assertThat(world.run(Options.DEFAULTS, true).error()).isNull();
    }

    /** Such as sudo. */
    @Test
    void what_another_program_that_starts_it_may_read_is_not_known() {
        world.starter.unreadable = Optional.of(world.conf.toString());
        world.starter.argv = List.of("python3", "/opt/start.py", "supervisord", "-c", world.conf.toString());
        assertThat(world.run(Options.DEFAULTS, true).error()).isNull();
    }

    @Test
    void a_configuration_that_no_longer_parses_is_refused_at_preflight() {
        world.supervisor.confTrouble = Optional.of("tried to read it but line 3 is odd; mend it");
        refused(world.restart(), "CONF_INVALID", "preflight");
    }

    @Test
    void a_silent_node_is_refused_at_inspect_if_answers_are_required() {
        world.celery.silent.add(MAIN);
        Result result = world.run(FakeWorld.options(null, Duration.ZERO, Duration.ofSeconds(60), true, null), false);
        refused(result, "NODE_SILENT", "inspect");
        assertThat(result.roll()).isNotNull();
        assertThat(result.roll().expectedNodes()).isEqualTo(1);
        assertThat(result.roll().answeredNodes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"preflight_begun, 1", "inspect_begun, 2", "persist_begun, 3"})
    void an_interrupt_is_obeyed_before_anything_was_changed(String at, int steps) {
        world.progress = new Progress() {
            @Override
            public void happened(Event event) {
                if (event.type().equals(at)) {
                    assertThat(world.interrupt.raise(15)).isFalse();
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(result.exitCode()).isEqualTo(128 + 15);
        assertThat(result.changed()).isFalse();
        assertThat(result.error().code()).isEqualTo("INTERRUPTED");
        assertThat(result.steps()).hasSize(steps);
        assertThat(world.deeds).isEmpty();
    }

    @Test
    void a_token_that_is_done_leaves_nothing_to_do() {
        world.journal.disk.put("20261101T000000Z-000000", TokenRun.succeeded(world, "v1"));
        Result result = world.run(token("v1"), false);
        assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(result.exitCode()).isZero();
        assertThat(result.changed()).isFalse();
        assertThat(result.error()).isNull();
        assertThat(result.token()).isEqualTo("v1");
        assertThat(result.findings())
                .extracting(Finding::message)
                .containsExactly("run old has succeeded with token v1 already; nothing to do");
    }

    @Test
    void to_know_that_there_is_nothing_to_do_only_the_journals_are_read() {
        world.journal.disk.put("20261101T000000Z-000000", TokenRun.succeeded(world, "v1"));
        world.supervisor.confTrouble = Optional.of("line 3 is odd");
        assertThat(world.run(token("v1"), false).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.run(token("v1"), true).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void a_dry_run_shows_the_plan_and_writes_nothing() {
        Result result = world.run(Options.DEFAULTS, true);
        assertThat(result.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(result.dryRun()).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(result.roll().nodes()).hasSize(1);
        assertThat(result.journal()).isNull();
        assertThat(world.deeds).isEmpty();
        assertThat(world.journal.disk).isEmpty();
        assertThat(world.journal.pids).isEmpty();
    }

    @Test
    void a_dry_run_is_refused_where_the_restart_would_be() {
        world.supervisor.reach = Reach.DENIED;
        refused(world.run(Options.DEFAULTS, true), "SUPERVISORD_UNREACHABLE", "preflight");
        assertThat(world.journal.disk).isEmpty();
    }

    @Test
    void one_run_at_a_time() {
        Journal.Holder holder = new Journal.Holder("other", 7, "http", Instant.EPOCH);
        world.journal.held = Optional.of(holder);
        assertThatThrownBy(() -> world.engine().run(world.request(Options.DEFAULTS, false), Progress.NONE))
                .isInstanceOfSatisfying(
                        Engine.Busy.class, busy -> assertThat(busy.holder()).isEqualTo(holder));
        assertThat(world.journal.disk).isEmpty();
    }

    @Test
    void a_lost_supervisord_program_is_refused_when_none_runs() {
        world.crash();
        world.starter.installed = false;
        refused(world.restart(), "NO_SUPERVISORD", "preflight");
    }

    private static Options token(String token) {
        return FakeWorld.options(null, Duration.ZERO, Duration.ofSeconds(60), false, token);
    }

    private static void refused(Result result, String code, String step) {
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.changed()).isFalse();
        assertThat(result.error().code()).isEqualTo(code);
        assertThat(result.steps().get(result.steps().size() - 1).name()).isEqualTo(step);
        assertThat(result.steps().get(result.steps().size() - 1).outcome()).isEqualTo(Event.StepDone.Ended.FAILED);
    }
}
