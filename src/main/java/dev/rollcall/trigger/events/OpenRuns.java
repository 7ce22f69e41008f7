package dev.rollcall.trigger.events;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The runs that have something to send, or may have; each is in one carrier's hands at most, so that its events keep their order. */
final class OpenRuns {
    private final Map<String, Consignment> open = new HashMap<>();
    private final Set<String> inHands = new HashSet<>();
    /** Something was written since the carrier has begun. */
    private final Set<String> called = new HashSet<>();

    private Optional<Consumer<Consignment>> carriers = Optional.empty();

    /** From now on runs are given to carriers. */
    synchronized void begin(Consumer<Consignment> to) {
        carriers = Optional.of(to);
        open.keySet().forEach(this::hand);
    }

    /** Something was written. */
    synchronized void call(String runId, Supplier<Consignment> fresh) {
        open.computeIfAbsent(runId, id -> fresh.get());
        hand(runId);
    }

    /** Before there are carriers, they are told of it when there are. */
    private void hand(String runId) {
        called.add(runId);
        Consignment run = open.get(runId);
        if (run != null && carriers.isPresent() && inHands.add(runId)) {
            carriers.get().accept(run);
        }
    }

    /** A carrier looks at the journal now. */
    synchronized void looking(Consignment run) {
        called.remove(run.runId());
    }

    /** A carrier has found no more. @return whether there is more by now */
    synchronized boolean isCalled(Consignment run) {
        if (called.contains(run.runId())) {
            return true;
        }
        inHands.remove(run.runId());
        notifyAll();
        return false;
    }

    /** As {@link #isCalled}; if there is no more, the run is not open any more. */
    synchronized boolean isCalledAtItsEnd(Consignment run, Runnable end) {
        if (isCalled(run)) {
            return true;
        }
        open.remove(run.runId());
        end.run();
        return false;
    }

    synchronized Optional<Instant> oldest() {
        return open.values().stream().flatMap(run -> run.oldest().stream()).min(Instant::compareTo);
    }

    /** Waits until no carrier has anything to do. */
    synchronized boolean isIdle(long limitMillis) throws InterruptedException {
        long end = System.nanoTime() + limitMillis * 1_000_000;
        for (long left = limitMillis; !inHands.isEmpty() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return inHands.isEmpty();
    }
}
