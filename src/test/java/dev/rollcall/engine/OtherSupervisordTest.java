package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Result;
import dev.rollcall.port.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: somebody starts supervisord while Rollcall is at work; neither it nor its workers are ours to end (S9). */
class OtherSupervisordTest {
    private FakeWorld world;
    private boolean begun;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
    }

    @Test
    void one_that_answers_instead_of_the_one_of_the_roll_is_not_shut_down() {
        world.journal.after = event -> {
            if (event instanceof Event.RollTaken) {
                world.supervisor.boot();
            }
        };
        Result result = world.restart();
        assertThat(world.deeds).containsExactly("keep");
        assertThat(FakeWorld.codes(result)).contains("STARTED_BY_OTHER");
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }

    /** {@code tini -- supervisord}, {@code sudo supervisord}: to end that one would end ours. */
    @Test
    void what_ours_was_started_through_is_no_second_one() {
        isNoSecondOne(Machine.program(50, "/usr/bin/tini", "--", "supervisord", "-c", world.conf.toString()));
    }

    @Test
    void a_script_of_its_name_that_ours_was_started_through_is_no_second_one() {
        List<String> words = List.of("python3", "/usr/local/bin/supervisord", "-c", world.conf.toString());
        isNoSecondOne(Machine.entry(50, 1, words, Map.of()));
    }

    private void isNoSecondOne(ProcessEntry wrapper) {
        ProcessEntry ours = world.machine.find(SUPERVISORD).orElseThrow();
        world.machine.put(wrapper);
        world.machine.put(Machine.entry(SUPERVISORD, 50, ours.argv(), ours.marks()));
        Result result = world.run(Options.DEFAULTS, true);
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).doesNotContain("SECOND_SUPERVISORD");
    }

    /** The run had changed nothing when it was cut off; its roll is none that anybody has agreed to. */
    @Test
    void workers_of_one_that_lives_beside_the_one_that_answers_by_now_are_not_ended() {
        world.cutAfter("persist_done");
        world.machine.goOn();
        world.supervisor.boot();
        world.resume();
        assertThat(world.deeds).contains("shutdown");
        assertThat(world.machine.runs(SUPERVISORD)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == MAIN);
        assertThat(world.machine.runs(MAIN)).isTrue();
    }

    /** Whoever listens at the socket by now would hear the request. */
    @Test
    void one_that_is_about_to_answer_instead_of_the_one_of_the_roll_is_not_shut_down() {
        world.journal.after = event -> {
            if (event instanceof Event.RollTaken) {
                world.machine.table().descendants(SUPERVISORD).forEach(e -> world.machine.end(e.pid()));
                world.machine.end(SUPERVISORD);
                world.supervisor.boot();
                world.supervisor.reach = Supervisor.Reach.ABSENT;
                world.machine.after(500, () -> world.supervisor.reach = Supervisor.Reach.UP);
            }
        };
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep");
    }

    /** After another boot pids begin anew. */
    @Test
    void one_that_has_the_pid_of_the_one_before_the_reboot_is_a_new_one() {
        world.journal.after = event -> {
            if (event.type().equals("shutdown_done")) {
                world.journal.after = more -> {};
                world.machine.halt();
            }
        };
        assertThatThrownBy(() -> world.restart()).isInstanceOf(Machine.Halt.class);
        world.machine.reboot();
        world.supervisor.pidsOfALife = 0;
        world.supervisor.boot();
        Result result = world.resume().orElseThrow();
        assertThat(FakeWorld.codes(result)).contains("STARTED_BY_OTHER", "HOST_REBOOTED");
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown");
        assertThat(world.processes.signalled).isEmpty();
    }

    /** The kernel has given pids anew meanwhile: only start ticks tell old from new. */
    @Test
    void workers_that_have_the_pids_of_the_old_ones_are_not_killed() {
        world.supervisor.pidsOfALife = 0;
        whenTheOldOneIsGone(() -> {
            world.supervisor.boot();
            world.machine.table().all().stream().filter(e -> e.pid() > 1).forEach(e -> world.machine.put(later(e)));
        });
        Result result = world.restart();
        assertThat(world.deeds).containsExactly("keep", "shutdown");
        assertThat(result.killed()).isEmpty();
        assertThat(world.processes.signalled).isEmpty();
        assertThat(world.machine.runs(MAIN)).isTrue();
    }

    @Test
    void workers_of_one_that_does_not_look_like_a_supervisord_are_not_killed() {
        whenTheOldOneIsGone(() -> {
            world.supervisor.boot();
            world.machine.put(Machine.entry(NEW_SUPERVISORD, 1, List.of("python3", "/opt/run.py"), Map.of()));
        });
        Result result = world.restart();
        assertThat(world.deeds).containsExactly("keep", "shutdown");
        assertThat(result.killed()).isEmpty();
        assertThat(world.processes.signalled).isEmpty();
    }

    @Test
    void the_old_one_that_still_answers_is_no_new_one() throws Refusal {
        Run run = new Run(
                "run",
                world.request(Options.DEFAULTS, false),
                world.machine,
                Optional.of(world.journal.begin("run", List.of("/c"), List.of())),
                Progress.NONE);
        try (Scouting seen = new Scouting(world.world(), run, Runnable::run)) {
            Newcomer newcomer = new Newcomer(world.world(), going(run, seen));
            assertThat(newcomer.answering()).isEmpty();
            world.machine.end(SUPERVISORD);
            world.supervisor.boot();
            assertThat(newcomer.answering()).contains(NEW_SUPERVISORD);
        }
    }

    private Going going(Run run, Scouting seen) throws Refusal {
        Site site = seen.site();
        dev.rollcall.core.Roll roll = new dev.rollcall.core.Roll(
                run.clock().now(),
                Machine.HOST,
                Machine.BOOT,
                site.alive().orElseThrow(),
                0,
                0,
                "redis",
                List.of(),
                List.of());
        Ledger ledger = new Ledger(run, run.record(new Event.RollTaken(roll, List.of())), Set.of());
        Watch watch = new Watch(world.world(), site, run, ledger, seen.line());
        return new Going(
                run, site, ledger, watch, seen.line(), new Aftermath(List.of(), ledger.bootId(), ledger.bootId()));
    }

    private void whenTheOldOneIsGone(Runnable somebodyElse) {
        world.machine.whenSomebodyEnds(() -> {
            if (!begun && !world.machine.runs(SUPERVISORD)) {
                begun = true;
                somebodyElse.run();
            }
        });
    }

    private static ProcessEntry later(ProcessEntry e) {
        return new ProcessEntry(
                e.pid(),
                e.startTicks() + 7,
                e.ppid(),
                e.pgid(),
                e.sid(),
                e.state(),
                e.uid(),
                e.exe(),
                e.argv(),
                e.marks());
    }
}
