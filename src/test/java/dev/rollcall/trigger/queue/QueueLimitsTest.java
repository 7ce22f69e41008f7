package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Config;
import dev.rollcall.config.Configs;
import dev.rollcall.core.Options;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client sent every request under a new key, all night long. */
class QueueLimitsTest {
    @TempDir
    Path state;

    private final Lane lane = new Lane();
    private final Keys keys = new Keys();
    private QueueFolder folder;
    private RequestQueue queue;

    @BeforeEach
    void open() throws Exception {
        folder = new QueueFolder(state);
        Config config = Configs.of(Map.of("default", Configs.target("/c", Map.of())));
        Acceptance acceptance = new Acceptance(new Targets(config), now -> Optional.empty());
        queue = new RequestQueue(acceptance, Map.of("default", lane), keys, new Scribe(folder), new SystemClock());
    }

    private static Voucher voucher(String key) {
        return new Voucher(Instant.EPOCH, "http", key, "f", Options.DEFAULTS, false);
    }

    private Answer ask(String key) {
        return queue.ask(new Ask(Map.of(), "http", Optional.of(key)));
    }

    private void fill() {
        for (int i = 0; i < Ticket.MOST; i++) {
            lane.place(voucher("k" + i), () -> "20261124T100000Z-000001");
        }
    }

    @Test
    void who_comes_when_the_run_is_full_is_told_to_come_again_and_nothing_is_remembered() {
        fill();
        assertThat(ask("one-more")).isInstanceOfSatisfying(Answer.Declined.class, declined -> {
            assertThat(declined.why()).isEqualTo(Answer.Why.NOT_WRITABLE);
            assertThat(declined.problem().code()).isEqualTo("QUEUE_FULL");
        });
        assertThat(keys.find(Optional.of("one-more"))).isEmpty();
    }

    @Test
    void when_that_run_has_begun_there_is_a_place_again() throws Exception {
        fill();
        lane.written(lane.tickets().get(0), voucher("k0"));
        lane.take(ticket -> Lane.Turn.NOW, Duration.ZERO);
        assertThat(ask("one-more")).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void of_too_many_that_are_over_the_oldest_are_forgotten_on_disk_too() throws Exception {
        FakeCarrier carrier = new FakeCarrier();
        Archive archive = new Archive(folder, keys, carrier, 5);
        for (int run = 1; run <= 4; run++) {
            over(archive, carrier, run);
        }
        assertThat(folder.done()).containsOnlyKeys("20261124T100000Z-000003", "20261124T100000Z-000004");
        assertThat(keys.find(Optional.of("2-0"))).isEmpty();
        assertThat(keys.find(Optional.of("3-1"))).isPresent();

        Keys later = new Keys();
        new Archive(folder, later, carrier, 3).load();
        assertThat(folder.done()).containsOnlyKeys("20261124T100000Z-000004");
        assertThat(later.find(Optional.of("3-1"))).isEmpty();
        assertThat(later.find(Optional.of("4-1"))).isPresent();
    }

    private void over(Archive archive, FakeCarrier carrier, int run) throws Exception {
        String runId = "20261124T100000Z-00000" + run;
        List<Voucher> vouchers = List.of(voucher(run + "-0"), voucher(run + "-1"));
        folder.append(runId, vouchers.stream().map(Voucher::line).toList());
        Ticket ticket = Ticket.read(runId, vouchers);
        keys.put(ticket);
        carrier.over.add(runId);
        archive.add(ticket);
    }
}
