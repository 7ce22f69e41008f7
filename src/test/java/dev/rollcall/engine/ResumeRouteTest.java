package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.Surrounding;
import dev.rollcall.port.Starter.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the last event on disk means, and what is done about it. */
class ResumeRouteTest {
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
    }

    @Test
    void nothing_is_left_to_do_after_a_run_that_ended() {
        String run = world.restart().runId();
        assertThat(world.resume()).isEmpty();
        assertThat(world.resume(run)).isEmpty();
        assertThat(world.deeds).containsOnlyOnce("shutdown");
    }

    @Test
    void a_run_that_had_changed_nothing_takes_a_new_roll_and_goes_through() {
        cutAfter("roll_taken");
        world.supervisor.fork(MAIN, POOL + 5);
        Result result = world.resume().orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.killed()).extracting(k -> k.pid()).contains(POOL + 5);
        assertThat(world.deeds).containsOnlyOnce("shutdown");
    }

    @Test
    void the_same_supervisord_is_asked_again_if_it_may_not_have_heard() {
        cutAfter("shutdown_begun");
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(result.steps())
                .extracting(Result.StepReport::name)
                .containsOnlyOnce("shutdown", "kill", "start", "verify");
        assertThat(world.deeds)
                .containsExactly("keep", "keep", "shutdown", "KILL " + POOL, "KILL " + (POOL + 1), "start");
        assertThat(world.resume()).isEmpty();
    }

    /** Incident: workers that had replaced those of the roll since stood on no roll, so that nobody named what they had to give up. */
    @Test
    void hours_later_the_roll_is_taken_anew_if_the_supervisord_has_not_heard() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "of-then");
        cutAfter("shutdown_begun");
        long next = replaceTheWorker();
        world.busy(next, "of-now");
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(result.interruptedTasks()).extracting(InterruptedTask::id).containsExactly("of-now");
        assertThat(world.machine.runs(next)).isFalse();
        assertThat(result.downtimeMs()).isLessThan(3_600_000);
    }

    @Test
    void so_it_is_by_the_next_restart() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "of-then");
        cutAfter("shutdown_begun");
        String cut = world.journal.runs().get(0);
        world.busy(replaceTheWorker(), "of-now");
        assertThat(world.restart().exitCode()).isZero();
        assertThat(dev.rollcall.core.Fold.result(world.journal.read(cut).orElseThrow())
                        .interruptedTasks())
                .extracting(InterruptedTask::id)
                .containsExactly("of-now");
    }

    /** systemd may have its stop in the queue; as long as it answers, nothing has changed. */
    @Test
    void a_unit_that_has_not_heard_is_asked_by_a_roll_of_now() {
        world.starter.unit = "supervisor.service";
        cutAfter("shutdown_begun");
        replaceTheWorker();
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.deeds).startsWith("keep", "keep", "stop unit");
    }

    @Test
    void what_the_roll_of_then_spared_is_spared_by_the_one_of_now_though_it_looks_like_a_worker() {
        long clone = POOL + 30;
        world.machine.put(Machine.inGroup(
                Machine.entry(
                        clone, POOL, FakeSupervisor.WORKER, FakeSupervisor.marks(world.supervisor.configured.get(0))),
                clone,
                SUPERVISORD));
        cutAfter("shutdown_begun");
        world.machine.goOn();
        List.of(POOL, POOL + 1).forEach(world.machine::end);
        world.supervisor.replaceAlone(world.supervisor.configured.get(0));
        assertThat(world.resume().orElseThrow().service()).isEqualTo(Service.UP);
        assertThat(world.machine.runs(clone)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == clone);
    }

    /** One that a task has started since, in a program that is stopped as a group. */
    @Test
    void a_bystander_that_a_stop_would_reach_by_now_is_a_reason_to_refuse() {
        world.supervisor.configured.set(0, FakeSupervisor.grouped("worker"));
        world.supervisor.run(world.supervisor.configured.get(0));
        cutAfter("shutdown_begun");
        world.machine.goOn();
        world.machine.put(Machine.inGroup(
                Machine.entry(POOL + 40, POOL, List.of("sleep", "600"), java.util.Map.of()), MAIN, SUPERVISORD));
        Result result = world.resume().orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.changed()).isFalse();
        assertThat(world.deeds).doesNotContain("shutdown");
        assertThat(world.machine.runs(POOL + 40)).isTrue();
    }

    @Test
    void one_whose_unit_is_in_motion_is_waited_for() {
        world.starter.unit = "supervisor.service";
        cutAfter("shutdown_begun");
        world.machine.goOn();
        world.starter.manners =
                Optional.of(new Unit("supervisor.service", true, KillMode.PROCESS, true, Optional.empty(), true));
        assertThat(world.resume().orElseThrow().service()).isEqualTo(Service.UP);
        assertThat(world.deeds).startsWith("keep", "stop unit");
        assertThat(world.journal.latest())
                .filteredOn(e -> e.event() instanceof Event.RollTaken)
                .hasSize(1);
    }

    /** By systemd, in whose queue the stop was. */
    @Test
    void one_that_goes_while_the_roll_is_to_be_taken_anew_leaves_the_run_to_be_resumed() {
        cutAfter("shutdown_begun");
        world.supervisor.onContact = () -> world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.STOPPING;
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.DOWN);
    }

    /** supervisord has restarted it in the hours between. */
    private long replaceTheWorker() {
        world.machine.goOn();
        world.machine.pause(Duration.ofHours(3));
        return world.supervisor.replace(world.supervisor.configured.get(0));
    }

    @Test
    void the_same_supervisord_is_not_asked_from_where_a_new_one_would_end() {
        cutAfter("shutdown_begun");
        world.starter.around = Optional.of(new Surrounding("resume.service", false));
        Result result = world.resume().orElseThrow();
        assertThat(result.error().code()).isEqualTo("ENDS_WITH_UNIT");
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.changed()).isFalse();
        assertThat(world.deeds).doesNotContain("shutdown", "start");
    }

    @Test
    void nor_if_a_new_one_could_not_be_started_any_more() {
        cutAfter("shutdown_begun");
        world.starter.trial = Optional.of("echo 'python3: not found' >&2; exit 127");
        Result result = world.resume().orElseThrow();
        assertThat(result.error().code()).isEqualTo("WOULD_NOT_START");
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.deeds).doesNotContain("shutdown", "start");
    }

    /** Incident: a group had got the right to read the state folder, and each resume said "refused" while the service was down. */
    @Test
    void a_kept_recipe_that_cannot_be_used_keeps_no_service_down() {
        cutAfter("shutdown_done");
        world.starter.unusable = "tried to read the recipe but others may write it; remove it";
        Result result = world.resume().orElseThrow();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(FakeWorld.codes(result)).contains("RECIPE_UNUSABLE", "RECIPE_INVENTED");
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }

    @Test
    void where_none_runs_it_is_started_even_there_and_that_is_told() {
        cutAfter("tasks_seen");
        world.starter.around = Optional.of(new Surrounding("resume.service", false));
        Result result = world.resume().orElseThrow();
        assertThat(world.deeds).contains("start");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.findings()).extracting(Finding::code).contains("ENDS_WITH_UNIT");
    }

    @Test
    void one_that_is_stopping_is_waited_for_and_not_asked_again() {
        cutAfter("tasks_seen");
        assertThat(world.supervisor.reach).isEqualTo(dev.rollcall.port.Supervisor.Reach.STOPPING);
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsOnlyOnce("shutdown").containsOnlyOnce("start");
    }

    @Test
    void one_that_somebody_has_started_meanwhile_is_left_alone_and_the_leftovers_are_ended() {
        cutAfter("shutdown_done");
        world.supervisor.boot();
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).contains("KILL " + POOL).doesNotContain("start");
        assertThat(FakeWorld.codes(result)).contains("STARTED_BY_OTHER");
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
        assertThat(world.machine.runs(NEW_SUPERVISORD + 100)).isTrue();
    }

    @Test
    void one_that_the_run_itself_had_started_and_that_answers_late_is_waited_for() {
        cutAfter("start_begun");
        world.supervisor.boot();
        world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.ABSENT;
        world.machine.after(2000, () -> world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.UP);
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).doesNotContain("start");
    }

    @Test
    void a_main_process_that_ended_while_nobody_looked_has_tasks_of_unknown_fate() {
        world.busy(MAIN, "t-1");
        cutAfter("shutdown_begun");
        world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.ABSENT;
        List.of(MAIN, POOL, POOL + 1, SUPERVISORD).forEach(world.machine::end);
        Result result = world.resume().orElseThrow();
        assertThat(result.interruptedTasks())
                .extracting(InterruptedTask::id, InterruptedTask::fate)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("t-1", InterruptedTask.Fate.UNKNOWN));
    }

    /** Its silence before the resume counts for nothing that could be measured. */
    @Test
    void so_has_one_that_ends_while_the_resumed_run_waits_and_has_not_answered_again() {
        world.busy(MAIN, "t-1");
        cutAfter("shutdown_begun");
        world.celery.silent.add(MAIN);
        Result result = world.resume().orElseThrow();
        assertThat(result.interruptedTasks())
                .extracting(t -> t.id() + " " + t.fate())
                .containsExactly("t-1 UNKNOWN");
    }

    @Test
    void what_was_named_before_is_not_named_again() {
        world.supervisor.manners.put("worker", Manner.NEVER);
        world.busy(MAIN, "t-1");
        cutAfter("task_interrupted");
        Result result = world.resume().orElseThrow();
        assertThat(result.interruptedTasks())
                .extracting(InterruptedTask::fate)
                .containsExactly(InterruptedTask.Fate.LOST);
        assertThat(world.journal.latest())
                .filteredOn(e -> e.event() instanceof Event.TaskInterrupted)
                .hasSize(1);
    }

    @Test
    void another_boot_voids_every_identity_and_a_service_that_is_up_is_only_verified() {
        cutAfter("shutdown_done");
        world.machine.reboot();
        world.supervisor.boot();
        // the new life has the very pids of the roll
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).containsExactly("keep", "shutdown");
        assertThat(FakeWorld.codes(result)).contains("HOST_REBOOTED");
        assertThat(world.processes.signalled).isEmpty();
    }

    @Test
    void after_a_reboot_a_service_that_is_down_is_started() {
        cutAfter("kill_begun");
        world.machine.reboot();
        world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.ABSENT;
        Result result = world.resume().orElseThrow();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).contains("start");
        assertThat(world.processes.signalled).isEmpty();
    }

    /** Incident: after the boot the pid of the roll was cron's, systemd was asked about that unit, and every resume gave up. */
    @Test
    void nobody_asks_for_the_unit_of_a_pid_that_is_another_service_by_now() {
        cutAfter("kill_begun");
        world.machine.reboot();
        world.supervisor.reach = dev.rollcall.port.Supervisor.Reach.ABSENT;
        world.starter.manners =
                Optional.of(new Unit("cron.service", true, KillMode.PROCESS, false, Optional.empty(), false));
        Result result = world.resume().orElseThrow();
        assertThat(result.error()).isNull();
        assertThat(result.exitCode()).isZero();
        assertThat(world.deeds).contains("start");
    }

    @Test
    void a_service_that_was_left_down_is_mended() {
        world.starter.failures = 3;
        String run = world.restart().runId();
        assertThat(Standing.of(world.journal.latest())).isEqualTo(Standing.DOWN);
        Result result = world.resume().orElseThrow();
        assertThat(result.runId()).isEqualTo(run);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.error()).isNull();
        assertThat(world.resume()).isEmpty();
    }

    @Test
    void a_configuration_that_is_broken_now_leaves_the_run_to_be_resumed_once_more() {
        cutAfter("shutdown_done");
        world.supervisor.confTrouble = Optional.of("line 3 is odd");
        Result broken = world.resume().orElseThrow();
        assertThat(broken.exitCode()).isEqualTo(6);
        assertThat(broken.service()).isEqualTo(Service.DOWN);
        assertThat(broken.error().code()).isEqualTo("CONF_INVALID");
        world.supervisor.confTrouble = Optional.empty();
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
    }

    @Test
    void a_disk_that_is_full_does_not_keep_the_service_down() {
        cutAfter("shutdown_done");
        world.journal.breaksAt = event -> true;
        Result result = world.resume().orElseThrow();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(world.machine.runs(POOL)).isFalse();
        assertThat(FakeWorld.codes(result)).contains("JOURNAL_BROKEN");
    }

    @Test
    void a_later_run_that_brought_the_service_up_has_finished_the_earlier() {
        cutAfter("shutdown_done");
        String first = world.journal.runs().get(0);
        world.machine.goOn();
        Result second = world.restart();
        assertThat(second.exitCode()).isZero();
        assertThat(FakeWorld.codes(second)).contains("RUN_FINISHED");
        assertThat(Unfinished.of(first, world.journal)).isEmpty();
        assertThat(world.resume()).isEmpty();
    }

    @Test
    void the_next_restart_ends_the_journal_of_one_that_had_changed_nothing() {
        cutAfter("inspect_begun");
        String first = world.journal.runs().get(0);
        world.machine.goOn();
        world.machine.pause(Duration.ofSeconds(1));
        world.restart();
        assertThat(Standing.of(world.journal.read(first).orElseThrow())).isEqualTo(Standing.OVER);
        assertThat(Collections.frequency(world.deeds, "shutdown")).isEqualTo(1);
    }

    @Test
    void an_interrupt_is_put_off_for_the_service_may_be_down() {
        cutAfter("shutdown_done");
        world.interrupt = new Interrupt();
        world.interrupt.raise(2);
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
    }

    @Test
    void an_orphan_is_known_by_the_words_of_a_command_that_holds_a_password() {
        dev.rollcall.core.Program worker =
                FakeSupervisor.celery("worker").withCommand("celery -A shop worker -b redis://:secret@h/0");
        world.supervisor.configured.set(0, worker);
        world.supervisor.run(worker);
        cutAfter("shutdown_done");
        List<String> argv = new java.util.ArrayList<>(FakeSupervisor.WORKER);
        argv.addAll(List.of("-b", "redis://:secret@h/0"));
        world.machine.put(Machine.inGroup(
                Machine.entry(POOL + 50, 1, argv, FakeSupervisor.marks(worker)), POOL + 50, SUPERVISORD));
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.machine.runs(POOL + 50)).isFalse();
    }

    private void cutAfter(String type) {
        world.cutAfter(type);
    }
}
