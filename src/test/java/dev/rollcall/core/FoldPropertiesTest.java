package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A journal may be cut or odd in any way: there is always a result. */
class FoldPropertiesTest {
    static final List<Event> ALL = List.of(
            new Event.Requested(Options.DEFAULTS, false, "cli", "/c", "boot"),
            new Event.Resumed("cli"),
            new Event.StepBegun(Step.KILL),
            new Event.StepDone(Step.KILL, Event.StepDone.Ended.FAILED, 1, "words"),
            new Event.Found(Finding.error("CODE", "message", "fix")),
            new Event.RollTaken(Rolls.roll(Rolls.node("w@h", "worker", 200, 201)), List.of(Host.CELERY)),
            new Event.RollExtended(List.of(Rolls.node("w@h", "worker", 200, 202), Rolls.node("x@h", "worker", 300))),
            new Event.TasksSeen(200, List.of(Rolls.task("t", 201))),
            new Event.WasKilled(new Killed(201, 2010, "w@h", Killed.Kind.POOL, "KILL")),
            new Event.WasSpared(new Spared(210, Spared.Reason.NOT_OURS), 0),
            new Event.HasSurvived(new Survivor(202, 2020, "w@h", Killed.Kind.POOL, "reason")),
            new Event.TaskInterrupted(new InterruptedTask("t", "n", 201, null, InterruptedTask.Fate.UNKNOWN)),
            new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.of(ALL).list().ofMaxSize(40);
    }

    @Property
    void any_events_in_any_order_have_a_result(@ForAll("events") List<Event> events) {
        Result result = Fold.result(entries(events));
        assertThat(result.outcome())
                .isEqualTo(
                        lastIndex(events, Event.RunEnded.class) > lastIndex(events, Event.Resumed.class)
                                ? Outcome.SUCCEEDED
                                : Outcome.RUNNING);
        assertThat(result.steps()).hasSize((int) count(events, Event.StepDone.class));
        assertThat(result.killed()).hasSizeLessThanOrEqualTo(1);
        assertThat(result.survivors()).hasSize((int) count(events, Event.HasSurvived.class));
    }

    private static int lastIndex(List<Event> events, Class<? extends Event> type) {
        int last = -1;
        for (int i = 0; i < events.size(); i++) {
            last = type.isInstance(events.get(i)) ? i : last;
        }
        return last;
    }

    private static long count(List<Event> events, Class<? extends Event> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private static List<Entry> entries(List<Event> events) {
        List<Entry> entries = new ArrayList<>();
        events.forEach(e -> entries.add(new Entry(entries.size() + 1L, Rolls.T0, "run", e)));
        return entries;
    }
}
