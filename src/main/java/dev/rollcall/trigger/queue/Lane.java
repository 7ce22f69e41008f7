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

    /** Whether a run may begin. */
    enum Turn {
        NOW,
        /** Somebody else holds the target, so that no other may begin either. */
        HELD,
        /** A blackout keeps it, but not one that overrides it. */
        BARRED
    }

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
     * Waits for a run that may begin: the first, but for those that are barred.
     *
     * @param again how long after one that may not begin yet is looked at again
     * @return nothing if the engine stops
     */
    synchronized Optional<Ticket> take(Function<Ticket, Turn> turns, Duration again) throws InterruptedException {
        while (!stopped) {
            List<Ticket> inLine = inLine();
            Turn turn = Turn.BARRED;
            for (int i = 0; i < inLine.size() && turn == Turn.BARRED; i++) {
                Ticket next = inLine.get(i);
                turn = turns.apply(next);
                if (turn == Turn.NOW) {
                    return Optional.of(begin(next));
                }
            }
            TimeUnit.MILLISECONDS.timedWait(this, inLine.isEmpty() ? Long.MAX_VALUE / 2_000_000 : again.toMillis());
        }
        return Optional.empty();
    }

    /** Earliest first. */
    private List<Ticket> inLine() {
        List<Ticket> all = new ArrayList<>(before);
        Optional.ofNullable(waiting).filter(Ticket::mayBegin).ifPresent(all::add);
        return all;
    }

    private Ticket begin(Ticket next) {
        if (!before.remove(next)) {
            waiting = null;
        }
        underWay = next;
        return next;
    }

    /** It may not be tried again yet; others may. */
    synchronized void putBack(Ticket ticket) {
        before.addFirst(ticket);
        underWay = null;
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
