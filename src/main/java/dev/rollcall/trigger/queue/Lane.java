package dev.rollcall.trigger.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs of one target: those of before a crash, one under way, and one that waits and may be joined. */
final class Lane {
    /**
     * Where a request has its place.
     *
     * @param joined others had asked for this run before
     * @param adds whether it says anything that is not on disk yet
     */
    record Place(Ticket ticket, boolean joined, boolean adds) {}

    private final Deque<Ticket> before = new ArrayDeque<>();
    private @Nullable Ticket waiting;
    private @Nullable Ticket underWay;
    private boolean stopped;

    /** Tickets of before a crash, earliest first; the last of those that have not begun may be joined. */
    synchronized void restore(Ticket ticket, boolean begun) {
        if (begun) {
            before.add(ticket);
            return;
        }
        if (waiting != null) {
            before.add(waiting);
        }
        waiting = ticket;
    }

    /** Whether the run that waits has no place for this request any more. */
    synchronized boolean isFull(Voucher voucher) {
        return waiting != null && waiting.isFull() && !waiting.holds(voucher);
    }

    synchronized Place place(Voucher voucher, Supplier<String> runId) {
        Ticket ticket = waiting;
        boolean joined = ticket != null;
        if (ticket == null) {
            ticket = new Ticket(runId.get());
            waiting = ticket;
        }
        boolean adds = !ticket.holds(voucher);
        if (adds) {
            ticket.add(voucher);
        }
        return new Place(ticket, joined, adds);
    }

    synchronized void written(Ticket ticket, Voucher voucher) {
        ticket.isOnDisk(voucher);
        notifyAll();
    }

    /** It could not be written: nobody was promised anything by it. */
    synchronized void withdraw(Ticket ticket, Voucher voucher) {
        if (ticket.remove(voucher) && waiting == ticket) {
            waiting = null;
        }
    }

    /**
     * Waits for a run that may begin.
     *
     * @param delay how long one must wait at least; zero if it may begin
     * @return nothing if the engine stops
     */
    synchronized Optional<Ticket> take(Function<Ticket, Duration> delay) throws InterruptedException {
        while (!stopped) {
            if (!before.isEmpty()) {
                underWay = before.remove();
                return Optional.of(underWay);
            }
            Ticket next = waiting;
            Duration wait = next == null || !next.mayBegin() ? Duration.ZERO : delay.apply(next);
            if (next != null && next.mayBegin() && wait.isZero()) {
                waiting = null;
                underWay = next;
                return Optional.of(next);
            }
            TimeUnit.MILLISECONDS.timedWait(this, wait.isZero() ? Long.MAX_VALUE / 2_000_000 : wait.toMillis());
        }
        return Optional.empty();
    }

    synchronized void over() {
        underWay = null;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Whether the engine did not stop meanwhile. */
    synchronized boolean pause(Duration time) throws InterruptedException {
        if (!stopped) {
            TimeUnit.MILLISECONDS.timedWait(this, time.toMillis());
        }
        return !stopped;
    }

    /** How many runs wait. */
    synchronized int length() {
        return before.size() + (waiting == null ? 0 : 1);
    }

    /** All that are not over, latest first. */
    synchronized List<Ticket> tickets() {
        List<Ticket> all = new ArrayList<>();
        Optional.ofNullable(waiting).ifPresent(all::add);
        before.descendingIterator().forEachRemaining(all::add);
        Optional.ofNullable(underWay).ifPresent(all::add);
        return all;
    }
}
