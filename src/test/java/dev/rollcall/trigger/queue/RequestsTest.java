package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Config;
import dev.rollcall.config.Configs;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event.Requested.Joined;
import dev.rollcall.core.Window;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted is carried out, each once, in as few runs as the promises allow. */
class RequestsTest {
    private static final Window NOON = new Window("noon", Instant.parse("2026-12-01T00:00:00Z"));

    @TempDir
    Path state;

    private FakeCarrier carrier = new FakeCarrier();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile Optional<Window> blackout = Optional.empty();
    private Requests requests;

    @BeforeEach
    void begin() throws Exception {
        requests = engine();
        requests.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        requests.stop();
    }

    private Requests engine() throws IOException, UsageException {
        return new Requests(new Targets(config()), this::blackout, new QueueFolder(state), carrier, new SystemClock());
    }

    private Optional<Window> blackout(Instant now) {
        looks.incrementAndGet();
        return blackout;
    }

    private Config config() throws UsageException {
        Config.Target target = Configs.target(state + "/supervisord.conf", Map.of("kill_grace", "3s"));
        return Configs.of(Map.of("web", target, "jobs", target));
    }

    /** As if the process had been killed: whatever was not on disk is gone. */
    private void crash() throws Exception {
        restart(next -> next.cutOff.addAll(carrier.carried));
    }

    /** @param before tells what the journals say of what the last engine has begun */
    private void restart(Consumer<FakeCarrier> before) throws Exception {
        carrier.stop();
        requests.stop();
        FakeCarrier next = new FakeCarrier();
        next.over.addAll(carrier.over);
        before.accept(next);
        carrier = next;
        requests = engine();
        requests.start();
    }

    private static Ask ask(String target) {
        return new Ask(Map.of("target", target), "http", Optional.empty());
    }

    private static Ask keyed(String key, Map<String, ?> options) {
        return new Ask(options, "http", Optional.of(key));
    }

    private Answer.Accepted once(Ask ask) {
        Answer answer = requests.ask(ask);
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return (Answer.Accepted) answer;
    }

    private Answer.Declined declined(Ask ask) {
        Answer answer = requests.ask(ask);
        assertThat(answer).isInstanceOf(Answer.Declined.class);
        return (Answer.Declined) answer;
    }

    @Test
    void a_request_begins_at_once_with_the_defaults_of_its_target() {
        Answer.Accepted answer = once(ask("web"));
        carrier.awaitBegun(1);
        assertThat(carrier.carried).containsExactly(answer.runId());
        assertThat(carrier.requests.get(0).options().killGrace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(carrier.requests.get(0).requestedBy()).isEqualTo("http");
    }

    @Test
    void a_run_that_overrides_a_blackout_says_so_in_its_journal_as_one_by_hand_does() {
        blackout = Optional.of(NOON);
        once(keyed("o", Map.of("target", "jobs", "override", true)));
        carrier.awaitBegun(1);
        assertThat(carrier.requests.get(0).blackout()).contains(NOON);
    }

    @Test
    void a_storm_is_one_run_under_way_and_one_that_waits() {
        String first = once(ask("web")).runId();
        carrier.awaitBegun(1);
        Set<String> others = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            others.add(once(keyed("k" + i, Map.of("target", "web"))).runId());
        }
        assertThat(others).hasSize(1).doesNotContain(first);
        carrier.open().awaitOver(2);
        assertThat(carrier.carried).hasSize(2);
    }

    @Test
    void targets_do_not_wait_for_each_other() {
        once(ask("web"));
        once(ask("jobs"));
        carrier.awaitBegun(2);
        assertThat(carrier.over).isEmpty();
    }

    @Test
    void whoever_joins_is_told_so_and_is_named_to_the_run() {
        once(ask("web"));
        carrier.awaitBegun(1);
        assertThat(once(keyed("a", Map.of("target", "web", "token", "v1"))).joined())
                .isFalse();
        assertThat(once(keyed("b", Map.of("target", "web", "token", "v2"))).joined())
                .isTrue();
        carrier.letOneEnd();
        carrier.awaitBegun(2);
        assertThat(carrier.requests.get(1).joined()).containsExactly(new Joined("http", "v2"));
        assertThat(carrier.requests.get(1).options().token()).isNull();
    }

    @Test
    void a_key_makes_a_repeat_the_same_run_also_when_it_is_over() {
        Ask ask = keyed("k", Map.of("target", "web"));
        String run = once(ask).runId();
        carrier.open().awaitOver(1);
        Answer.Accepted again = once(ask);
        assertThat(again.runId()).isEqualTo(run);
        assertThat(again.repeated()).isTrue();
        assertThat(carrier.carried).hasSize(1);
    }

    @Test
    void a_key_of_another_request_is_refused() {
        String run = once(keyed("k", Map.of("target", "web"))).runId();
        Answer.Declined no = declined(keyed("k", Map.of("target", "web", "kill_grace", "9s")));
        assertThat(no.why()).isEqualTo(Answer.Why.KEY_REUSED);
        assertThat(no.problem().message()).contains(run);
    }

    @Test
    void a_key_outlives_a_crash() throws Exception {
        Ask ask = keyed("k", Map.of("target", "web"));
        String run = once(ask).runId();
        carrier.open().awaitOver(1);
        crash();
        assertThat(once(ask).runId()).isEqualTo(run);
        assertThat(carrier.carried).isEmpty();
    }

    @Test
    void what_was_accepted_is_carried_out_after_a_crash_each_once_and_in_order() throws Exception {
        String first = once(ask("web")).runId();
        carrier.awaitBegun(1);
        String second = once(ask("web")).runId();
        crash();
        carrier.open().awaitOver(2);
        assertThat(carrier.carried).containsExactly(first, second);
        await().untilAsserted(() ->
                assertThat(state.resolve("queue").resolve(second + ".jsonl")).doesNotExist());
        assertThat(state.resolve("queue").resolve(first + ".jsonl")).doesNotExist();
    }

    @Test
    void one_that_waits_after_a_crash_may_still_be_joined() throws Exception {
        once(ask("web"));
        carrier.awaitBegun(1);
        String second = once(ask("web")).runId();
        crash();
        carrier.awaitBegun(1);
        Answer.Accepted more = once(keyed("k", Map.of("target", "web")));
        assertThat(more.runId()).isEqualTo(second);
        assertThat(more.joined()).isTrue();
    }

    @Test
    void a_torn_last_line_was_promised_to_nobody() throws Exception {
        once(ask("web"));
        carrier.awaitBegun(1);
        String second = once(keyed("a", Map.of("target", "web"))).runId();
        Path file = state.resolve("queue").resolve(second + ".jsonl");
        requests.stop();
        Files.writeString(file, "{\"at\":\"2026-11-24T1", StandardOpenOption.APPEND);
        carrier = new FakeCarrier();
        requests = engine();
        assertThat(once(keyed("b", Map.of("target", "web"))).runId()).isEqualTo(second);
        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> Voucher.read(line)
                .isPresent());
        requests.start();
    }

    @Test
    void one_whose_target_is_held_by_somebody_else_waits_and_may_be_joined() {
        carrier.hold(true);
        String run = once(ask("web")).runId();
        assertThat(once(keyed("k", Map.of("target", "web"))).runId()).isEqualTo(run);
        assertThat(carrier.carried).isEmpty();
        carrier.hold(false);
        carrier.open().awaitOver(1);
        assertThat(carrier.carried).containsExactly(run);
    }

    @Test
    void one_that_comes_to_nothing_is_tried_again() {
        carrier.refuse(2);
        String run = once(ask("web")).runId();
        carrier.open().awaitOver(1);
        assertThat(carrier.carried).containsExactly(run, run, run);
    }

    @Test
    void paths_and_unknown_words_are_refused() {
        assertThat(declined(keyed("a", Map.of("target", "web", "conf", "/etc/x")))
                        .why())
                .isEqualTo(Answer.Why.BAD_REQUEST);
        assertThat(declined(keyed("b", Map.of("target", "web", "pidfile", "/etc/x")))
                        .why())
                .isEqualTo(Answer.Why.BAD_REQUEST);
        assertThat(declined(keyed("c", Map.of("target", "web", "kil_grace", "1s")))
                        .problem()
                        .message())
                .contains("kill_grace");
        assertThat(declined(ask("nowhere")).why()).isIn(Answer.Why.UNKNOWN_TARGET, Answer.Why.BAD_REQUEST);
    }

    @Test
    void a_blackout_declines_with_its_end() {
        blackout = Optional.of(new Window("month-end", Instant.parse("2026-12-01T00:00:00Z")));
        Answer.Declined no = declined(ask("web"));
        assertThat(no.why()).isEqualTo(Answer.Why.BLACKOUT);
        assertThat(no.problem().message()).contains("month-end", "2026-12-01T00:00:00Z");
    }

    @Test
    void a_blackout_is_waited_for_if_asked_and_overridden_if_asked() {
        blackout = Optional.of(new Window("noon", Instant.parse("2026-12-01T00:00:00Z")));
        Answer.Accepted later = once(keyed("d", Map.of("target", "web", "defer", true)));
        assertThat(later.notBefore()).contains(Instant.parse("2026-12-01T00:00:00Z"));
        Answer.Accepted now = once(keyed("o", Map.of("target", "jobs", "override", true)));
        carrier.open().awaitOver(1);
        assertThat(carrier.carried).containsExactly(now.runId());
        blackout = Optional.empty();
        carrier.awaitOver(2);
        assertThat(carrier.carried).containsExactly(now.runId(), later.runId());
    }

    /** Incident: stopped at 02:59, back at 03:10, and the restart came in the middle of the annual accounts. */
    @Test
    void a_run_that_had_changed_nothing_waits_for_the_end_of_a_blackout() throws Exception {
        String run = once(ask("web")).runId();
        carrier.awaitBegun(1);
        blackout = Optional.of(NOON);
        restart(next -> next.untouched.add(run));
        carrier.open();
        awaitLooks();
        assertThat(carrier.carried).isEmpty();
        blackout = Optional.empty();
        carrier.awaitOver(1);
        assertThat(carrier.carried).containsExactly(run);
    }

    @Test
    void one_that_had_begun_to_change_something_goes_on_in_a_blackout() throws Exception {
        String run = once(ask("web")).runId();
        carrier.awaitBegun(1);
        blackout = Optional.of(NOON);
        crash();
        carrier.open().awaitOver(1);
        assertThat(carrier.carried).containsExactly(run);
    }

    @Test
    void a_try_that_came_to_nothing_is_not_repeated_in_a_blackout() {
        carrier.meanwhile = () -> blackout = Optional.of(NOON);
        carrier.refuse(1);
        String run = once(ask("web")).runId();
        carrier.open().awaitBegun(1);
        awaitLooks();
        assertThat(carrier.carried).containsExactly(run);
        assertThat(requests.tickets()).hasSize(1);
        blackout = Optional.empty();
        carrier.awaitOver(1);
        assertThat(carrier.carried).containsExactly(run, run);
    }

    @Test
    void who_overrides_a_blackout_does_not_wait_behind_one_that_must() throws Exception {
        String patient = once(ask("web")).runId();
        carrier.awaitBegun(1);
        blackout = Optional.of(NOON);
        restart(next -> next.untouched.add(patient));
        carrier.open();
        awaitLooks();
        String urgent =
                once(keyed("o", Map.of("target", "web", "override", true))).runId();
        carrier.awaitOver(1);
        assertThat(carrier.carried).containsExactly(urgent);
        blackout = Optional.empty();
        carrier.awaitOver(2);
        assertThat(carrier.carried).containsExactly(urgent, patient);
    }

    /** Often enough that what waits has been looked at. */
    private void awaitLooks() {
        int before = looks.get();
        await().until(() -> looks.get() >= before + 3);
    }

    @Test
    void a_full_disk_accepts_nothing_and_remembers_nothing() throws Exception {
        Path queue = state.resolve("queue");
        Path aside = Files.move(queue, state.resolve("aside"));
        Answer.Declined no = declined(keyed("k", Map.of("target", "web")));
        assertThat(no.why()).isEqualTo(Answer.Why.NOT_WRITABLE);
        Files.move(aside, queue);
        assertThat(once(keyed("k", Map.of("target", "web"))).repeated()).isFalse();
        carrier.open().awaitOver(1);
        assertThat(carrier.carried).hasSize(1);
    }

    @Test
    void an_engine_that_stops_accepts_nothing_and_leaves_what_has_not_begun() throws Exception {
        once(ask("web"));
        carrier.awaitBegun(1);
        requests.stop();
        assertThat(declined(ask("web")).why()).isEqualTo(Answer.Why.STOPPING);
        assertThat(Files.list(state.resolve("queue")).filter(Files::isRegularFile))
                .hasSize(1);
    }

    @Test
    void many_at_once_are_all_answered_and_quickly() throws Exception {
        once(ask("web"));
        carrier.awaitBegun(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                Ask ask = keyed("k" + i, Map.of("target", "web"));
                answers.add(threads.submit(() -> requests.ask(ask)));
            }
            Set<String> runs = new HashSet<>();
            for (Future<Answer> answer : answers) {
                runs.add(((Answer.Accepted) answer.get()).runId());
            }
            assertThat(runs).hasSize(1);
            try (Stream<String> lines =
                    Files.lines(state.resolve("queue").resolve(runs.iterator().next() + ".jsonl"))) {
                assertThat(lines.count()).isEqualTo(1000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_storm_without_keys_does_not_fill_the_disk() throws Exception {
        once(ask("web"));
        carrier.awaitBegun(1);
        String second = once(ask("web")).runId();
        for (int i = 0; i < 1000; i++) {
            once(ask("web"));
        }
        assertThat(Files.readAllLines(state.resolve("queue").resolve(second + ".jsonl")))
                .hasSize(1);
    }

    @Test
    void the_length_is_what_waits() {
        once(ask("web"));
        carrier.awaitBegun(1);
        assertThat(requests.length()).isZero();
        once(ask("web"));
        assertThat(requests.length()).isEqualTo(1);
        assertThat(requests.tickets()).hasSize(2);
    }
}
