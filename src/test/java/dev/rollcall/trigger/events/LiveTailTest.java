package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.REQUESTED;
import static dev.rollcall.trigger.events.State.STOPPING;
import static dev.rollcall.trigger.events.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Entry;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With its thread, by the real clock. */
class LiveTailTest {
    @TempDir
    private Path folder;

    @Test
    void runs_of_other_processes_are_heard_without_being_woken() throws IOException {
        State state = new State(folder);
        ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
        try (Tail tail = new Tail(state.journal(), new SystemClock())) {
            tail.listen(entry -> told.add(entry.seq()));
            tail.start();
            try (RunLog log = state.begin("a")) {
                log.append(State.BEGAN, REQUESTED);
                log.append(State.BEGAN, STOPPING);
                await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == 2);
                log.append(State.BEGAN, UP);
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == 3);
        }
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_thousand_wait_at_once_without_a_thread_each() throws Exception {
        State state = new State(folder);
        try (Tail tail = new Tail(state.journal(), new SystemClock());
                RunLog log = state.begin("a")) {
            tail.start();
            log.append(State.BEGAN, REQUESTED);
            tail.wake();
            int threads = Thread.activeCount();
            List<CompletableFuture<Optional<List<Entry>>>> waiting = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                waiting.add(tail.next("a", 1, Duration.ofSeconds(60)));
            }
            assertThat(Thread.activeCount()).isLessThan(threads + 10);
            log.append(State.BEGAN, STOPPING);
            tail.wake();
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
                    .get(20, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(waiting)
                    .allSatisfy(w -> assertThat(w.join().orElseThrow()).hasSize(1));
        }
    }

    /** A look is four times a second, for months: it may not cost more with the history. */
    @Test
    void ten_thousand_old_journals_are_not_looked_at_each_time() throws IOException {
        State state = new State(folder);
        for (int i = 0; i < 10_000; i++) {
            state.write("r%05d".formatted(i), REQUESTED);
        }
        HandClock clock = new HandClock();
        Tail tail = new Tail(state.journal(), clock);
        tail.begin();
        clock.pause(Duration.ofSeconds(2));
        for (int i = 0; i < 50; i++) {
            tail.look();
        }
        // of the processor: what else the machine does is not counted
        ThreadMXBean spent = ManagementFactory.getThreadMXBean();
        long begun = spent.getCurrentThreadCpuTime();
        for (int i = 0; i < 100; i++) {
            tail.look();
        }
        Duration each = Duration.ofNanos((spent.getCurrentThreadCpuTime() - begun) / 100);
        System.out.println("a look beside 10,000 old journals: " + each.toNanos() / 1000 + " us");
        assertThat(each).isLessThan(Duration.ofMillis(5));
    }
}
