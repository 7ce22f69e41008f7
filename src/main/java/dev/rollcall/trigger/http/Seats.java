package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** So many may do a thing that takes long at one time, that threads are left for those who ask for a run. */
final class Seats {
    private final Semaphore free;
    private final Set<Seat> taken = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Seats(int number) {
        free = new Semaphore(number);
    }

    /** The same, for those who get a seat. Whose client has gone is interrupted. */
    Operation seated(Operation operation) {
        return call -> {
            if (closed || !free.tryAcquire()) {
                return busy();
            }
            Seat seat = new Seat(Thread.currentThread());
            taken.add(seat);
            try {
                call.client().whenGone(seat::call);
                return sit(operation, call);
            } finally {
                seat.leave();
                taken.remove(seat);
                free.release();
            }
        };
    }

    private Reply sit(Operation operation, Call call) throws UsageException {
        try {
            if (closed) {
                return busy();
            }
            return operation.answer(call);
        } catch (InterruptedException e) {
            return busy();
        }
    }

    /** Nobody sits down any more, and those who sit leave. */
    void close() {
        closed = true;
        taken.forEach(Seat::call);
    }

    private static Reply busy() {
        return Reply.problem(
                Status.UNAVAILABLE,
                "BUSY",
                "tried to answer but too many wait for an answer already, or the engine is stopping; ask again later");
    }

    /** A thread that waits for somebody. It must not be interrupted when it does something else already. */
    private static final class Seat {
        private final Thread thread;
        private boolean left;

        Seat(Thread thread) {
            this.thread = thread;
        }

        synchronized void call() {
            if (!left) {
                thread.interrupt();
            }
        }

        synchronized void leave() {
            left = true;
            Thread.interrupted(); // a call that came too late is not for the next who uses the thread
        }
    }
}
