package dev.rollcall.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Node;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Spared;
import dev.rollcall.core.Step;
import dev.rollcall.core.Survivor;
import dev.rollcall.core.Task;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:30:00.123456789Z");
    private static final Task TASK = new Task("t", "app.task", 140586118555200L, AT, false, null);
    private static final Node NODE = new Node(
            "w@h",
            "g:worker",
            200,
            2000,
            null,
            true,
            false,
            List.of(new Node.Pool(201, 2010, EnumSet.allOf(Node.Source.class))),
            List.of(TASK));
    private static final Program PROGRAM =
            new Program("worker", "g", "RUNNING", 200, true, 10, "TERM", true, false, 999, "celery worker");

    static Stream<Event> events() {
        return Stream.of(
                new Event.Requested(Options.DEFAULTS, false, "timer:nightly", "/etc/ü.conf", "boot"),
                new Event.Resumed("cli"),
                new Event.StepBegun(Step.KILL),
                new Event.StepDone(Step.KILL, Event.StepDone.Ended.SKIPPED, 12, "a \"word\"\nand more"),
                new Event.Found(Finding.warning("CODE", "message", "fix")),
                new Event.RollTaken(roll(new Roll.Supervisord(1, 2, "/c", "4.2.5", "none")), List.of(PROGRAM)),
                new Event.RollTaken(roll(null), List.of()),
                new Event.RollExtended(List.of(NODE)),
                new Event.TasksSeen(200, List.of(TASK)),
                new Event.WasKilled(new Killed(201, 2010, "w@h", Killed.Kind.POOL, "KILL")),
                new Event.WasSpared(new Spared(201, Spared.Reason.REUSED_PID), 0),
                new Event.HasSurvived(new Survivor(201, 2010, "w@h", Killed.Kind.MAIN, "reason")),
                new Event.TaskInterrupted(InterruptedTask.of(TASK, InterruptedTask.Fate.REDELIVERED)),
                new Event.HookCalled("on-failure", Event.StepDone.Ended.FAILED, 12, "why"),
                new Event.RunEnded(Outcome.NOTHING_TO_DO, 0, true, Service.UP, 42, null),
                new Event.RunEnded(
                        Outcome.FAILED, 6, true, Service.DOWN, 42, new Problem("CODE", Step.START, "message", true)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_is_written_is_read_again(Event event) {
        Entry entry = new Entry(7, AT, "run", event);
        String line = EventCodec.line(entry);
        assertThat(line).doesNotContain("\n").endsWith("\"}");
        assertThat(EventCodec.entry(line)).contains(entry);
    }

    @Test
    void every_type_of_event_is_tried_above() {
        Set<Class<?>> tried = events().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void every_step_begins_and_ends(Step step) {
        Stream.of(new Event.StepBegun(step), new Event.StepDone(step, Event.StepDone.Ended.OK, 1, ""))
                .map(event -> new Entry(1, AT, "run", event))
                .forEach(entry ->
                        assertThat(EventCodec.entry(EventCodec.line(entry))).contains(entry));
    }

    @Test
    void a_line_that_is_torn_anywhere_is_none() {
        String line = line();
        for (int end = 0; end < line.length(); end++) {
            assertThat(EventCodec.entry(line.substring(0, end))).isEmpty();
        }
    }

    @Test
    void a_line_of_which_any_character_was_altered_is_none() {
        String line = line();
        for (int i = 0; i < line.length(); i++) {
            char other = line.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(EventCodec.entry(line.substring(0, i) + other + line.substring(i + 1)))
                    .as("altered at " + i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json", "{\"seq\":1,\"crc\":\"00000000\"}"})
    void what_is_no_line_of_ours_is_none(String line) {
        assertThat(EventCodec.entry(line)).isEmpty();
    }

    @Test
    void the_document_has_snake_case_keys_lower_case_words_and_no_checksum() {
        String text = EventCodec.document(
                        new Entry(1, AT, "run", new Event.WasSpared(new Spared(9, Spared.Reason.NOT_OURS), 0)))
                .toString();
        assertThat(text)
                .isEqualTo(
                        "{\"seq\":1,\"at\":\"2026-11-23T10:30:00.123456789Z\",\"run_id\":\"run\",\"type\":\"spared\","
                                + "\"spared\":{\"pid\":9,\"reason\":\"not_ours\"},\"start_ticks\":0}");
    }

    private static String line() {
        return EventCodec.line(new Entry(1, AT, "run", new Event.StepBegun(Step.START)));
    }

    private static Roll roll(Roll.Supervisord supervisord) {
        List<Bystander> others = Arrays.asList(new Bystander(210, 2100, "sleep 600", ""));
        return new Roll(AT, "h", "boot", supervisord, 1, 1, "redis", List.of(NODE), others);
    }
}
