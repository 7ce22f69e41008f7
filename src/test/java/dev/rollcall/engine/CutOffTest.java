package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Node;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.core.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOffTest {
    private static final Program WORKER =
            new Program("w", "w", "RUNNING", 10, false, 10, "TERM", false, false, 999, "celery worker");
    private static final Task FIRST = new Task("1", "a", 11, null, true, "q");
    private static final Task SECOND = new Task("2", "b", 11, null, true, "q");
    private static final Node NODE = new Node("w@h", "w", 10, 100, "prefork", true, false, List.of(), List.of(FIRST));
    private static final Event TAKEN = new Event.RollTaken(
            new Roll(Instant.EPOCH, "h", "boot", null, 1, 1, "redis", List.of(NODE), List.of()), List.of(WORKER));
    private static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);

    @Test
    void a_run_without_an_end_tells_its_programs_and_the_tasks_it_saw_last() {
        CutOff run = CutOff.of(entries(TAKEN, STOPPING, new Event.TasksSeen(10, List.of(SECOND))))
                .orElseThrow();
        assertThat(run.programs()).containsExactly(WORKER);
        assertThat(run.tasks().values()).containsExactly(List.of(SECOND));
        assertThat(run.told()).isFalse();
    }

    @Test
    void one_that_was_cut_off_before_its_shutdown_has_changed_nothing() {
        assertThat(CutOff.of(entries(TAKEN))).isEmpty();
    }

    @Test
    void one_that_ended_with_the_service_up_is_over() {
        assertThat(CutOff.of(entries(TAKEN, STOPPING, ended(Service.UP)))).isEmpty();
    }

    @Test
    void one_that_left_the_service_down_still_tells_what_was_running() {
        CutOff run = CutOff.of(entries(TAKEN, STOPPING, ended(Service.DOWN))).orElseThrow();
        assertThat(run.programs()).containsExactly(WORKER);
        assertThat(run.told()).isTrue();
        assertThat(run.tasks()).isEmpty();
    }

    private static Event ended(Service service) {
        return new Event.RunEnded(Outcome.FAILED, 6, true, service, 0, null);
    }

    private static List<Entry> entries(Event... events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(entries.size() + 1L, Instant.EPOCH, "run", event));
        }
        return entries;
    }
}
