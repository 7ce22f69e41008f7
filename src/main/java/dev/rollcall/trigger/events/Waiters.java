package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Those who wait for events of a run. A waiter is an object in a list, not a thread. */
final class Waiters {
    /** @param until by the clock that never jumps */
    record Waiter(long after, long until, CompletableFuture<Optional<List<Entry>>> answer) {
        private boolean take(List<Entry> news) {
            List<Entry> mine =
                    news.stream().filter(entry -> entry.seq() > after).toList();
            boolean over = news.get(news.size() - 1).event() instanceof Event.RunEnded;
            if (mine.isEmpty() && !over) {
                return false;
            }
            answer.complete(Optional.of(mine));
            return true;
        }
    }

    private final Map<String, List<Waiter>> byRun = new HashMap<>();

    synchronized void add(String runId, Waiter waiter) {
        byRun.computeIfAbsent(runId, id -> new ArrayList<>()).add(waiter);
    }

    synchronized Set<String> runs() {
        return Set.copyOf(byRun.keySet());
    }

    /** Nanoseconds until the first of them has waited long enough, at most this many. */
    synchronized long patience(long now, long most) {
        long patience = most;
        for (List<Waiter> waiters : byRun.values()) {
            for (Waiter waiter : waiters) {
                patience = Math.min(patience, waiter.until - now);
            }
        }
        return Math.max(0, patience);
    }

    void deliver(String runId, List<Entry> news) {
        answer(runId, waiter -> waiter.take(news));
    }

    /** Whoever has waited long enough, or has given up. */
    void expire(long now) {
        for (String runId : runs()) {
            answer(
                    runId,
                    waiter -> waiter.answer.isDone()
                            || waiter.until - now <= 0 && waiter.answer.complete(Optional.of(List.of())));
        }
    }

    void gone(String runId) {
        answer(runId, waiter -> waiter.answer.complete(Optional.empty()));
    }

    void dismiss() {
        for (String runId : runs()) {
            answer(runId, waiter -> waiter.answer.complete(Optional.of(List.of())));
        }
    }

    private synchronized void answer(String runId, Predicate<Waiter> isServed) {
        List<Waiter> waiters = byRun.getOrDefault(runId, new ArrayList<>());
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            if (isServed.test(each.next())) {
                each.remove();
            }
        }
        if (waiters.isEmpty()) {
            byRun.remove(runId);
        }
    }
}
