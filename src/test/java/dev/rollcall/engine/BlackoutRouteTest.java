package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody had told the operator on duty that it was the day of the annual accounts. */
class BlackoutRouteTest {
    private static final Window ACCOUNTS = new Window("accounts", Instant.parse("2027-01-01T00:00:00Z"));
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.blackout = Optional.of(ACCOUNTS);
    }

    @Test
    void a_restart_is_refused_with_the_name_and_the_end_of_the_window() {
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.changed()).isFalse();
        assertThat(result.error().code()).isEqualTo("BLACKOUT");
        assertThat(result.error().message()).contains("accounts", "2027-01-01T00:00:00Z", "--override");
        assertThat(world.deeds).isEmpty();
        assertThat(world.journal.latest()).anyMatch(e -> e.event() instanceof Event.RunEnded);
    }

    @Test
    void one_that_overrides_goes_through_and_its_journal_says_so() {
        Result result = world.run(overriding(), false);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.exitCode()).isZero();
        assertThat(result.findings())
                .filteredOn(f -> f.code().equals("BLACKOUT"))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.INFO));
        assertThat(world.journal.latest().get(0).event())
                .isInstanceOfSatisfying(
                        Event.Requested.class,
                        asked -> assertThat(asked.options().override()).isTrue());
    }

    @Test
    void a_plan_tells_of_it_as_a_finding() {
        Result result = world.run(Options.DEFAULTS, true);
        assertThat(result.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(result.exitCode()).isZero();
        assertThat(result.roll().nodes()).hasSize(1);
        assertThat(result.findings())
                .filteredOn(f -> f.code().equals("BLACKOUT"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING);
                    assertThat(f.message()).contains("accounts", "2027-01-01T00:00:00Z");
                });
    }

    @Test
    void a_token_that_is_done_leaves_nothing_to_refuse() {
        world.journal.disk.put("20261101T000000Z-000000", TokenRun.succeeded(world, "v1"));
        Result result = world.run(FakeWorld.options(null, Duration.ZERO, Duration.ofSeconds(60), false, "v1"), false);
        assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** The service is on its way down already. */
    @Test
    void a_run_that_was_cut_off_in_its_stop_is_finished_all_the_same() {
        world.blackout = Optional.empty();
        cutAfter("shutdown_begun");
        world.blackout = Optional.of(ACCOUNTS);
        Result result = world.resume().orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.service()).isEqualTo(Service.UP);
    }

    @Test
    void a_run_that_was_cut_off_before_it_had_changed_anything_is_refused() {
        world.blackout = Optional.empty();
        cutAfter("inspect_begun");
        world.blackout = Optional.of(ACCOUNTS);
        Result result = world.resume().orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.error().code()).isEqualTo("BLACKOUT");
        assertThat(world.deeds).isEmpty();
    }

    private void cutAfter(String type) {
        world.journal.after = event -> {
            if (event.type().equals(type)) {
                world.journal.after = more -> {};
                world.machine.halt();
            }
        };
        assertThatThrownBy(() -> world.restart()).isInstanceOf(Machine.Halt.class);
    }

    private static Options overriding() {
        Options d = Options.DEFAULTS;
        return new Options(
                d.target(),
                null,
                d.scope(),
                d.programs(),
                d.drain(),
                null,
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                false,
                false,
                null,
                null,
                true);
    }
}
