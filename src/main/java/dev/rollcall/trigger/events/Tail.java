package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows the journals of the state folder, of runs of this process and of others, and tells what is new: to listeners, and to whoever waits for
 * the next event of a run. One thread does it all.
 */
public final class Tail implements AutoCloseable {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final System.Logger LOGGER = System.getLogger(Tail.class.getName());

    private final Journal journal;
    private final Clock clock;
    private final Tracks tracks;
    private final Waiters waiters = new Waiters();
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = new Thread(this::follow, "rollcall-tail");
    private volatile boolean closed;

    public Tail(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.tracks = new Tracks(journal, clock);
        thread.setDaemon(true);
    }

    /** Gets every entry that is written from the start on; those of one run in their order. Called by the tail's own thread: it must not wait. */
    public void listen(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    /** What stands in journals now is history; what comes later is told, whoever writes it. Runs must not begin before this has returned. */
    public void start() {
        begin();
        thread.start();
    }

    synchronized void begin() {
        tracks.begin();
    }

    /** A run of this process has written. */
    public void wake() {
        woken.release();
    }

    private void follow() {
        try {
            while (!closed) {
                lookSafely();
                if (woken.tryAcquire(waiters.patience(clock.nanos(), EVERY), TimeUnit.NANOSECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException closing) {
            // as it is meant to
        }
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException bug) { // without this thread nobody would hear of any run any more
            LOGGER.log(System.Logger.Level.ERROR, "looking for new events broke", bug);
        }
    }

    /** One look at the journals. */
    synchronized void look() {
        Set<String> gone = new HashSet<>();
        for (Map.Entry<String, List<Entry>> run :
                tracks.look(waiters.runs(), gone).entrySet()) {
            run.getValue().forEach(this::tell);
            waiters.deliver(run.getKey(), run.getValue());
        }
        gone.forEach(waiters::gone);
        waiters.expire(clock.nanos());
    }

    private void tell(Entry entry) {
        for (Consumer<Entry> listener : listeners) {
            try {
                listener.accept(entry);
            } catch (RuntimeException bug) { // the other listeners and runs have done nothing wrong
                LOGGER.log(
                        System.Logger.Level.ERROR,
                        "a listener broke at event " + entry.seq() + " of run " + entry.runId(),
                        bug);
            }
        }
    }

    /** As {@link dev.rollcall.trigger.Runs#events} says. Blocks the caller; who has no thread to spare takes {@link #next}. */
    public Optional<List<Entry>> events(String runId, long after, Duration wait) throws InterruptedException {
        try {
            return next(runId, after, wait).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same without a thread that waits. Completed by the tail's own thread, so what follows must not wait either; to give up, complete it.
     *
     * @throws Journal.JournalException if the journal cannot be read
     */
    public CompletableFuture<Optional<List<Entry>>> next(String runId, long after, Duration wait) {
        return answer(runId, after, wait, false);
    }

    /** As {@link #next}, for a run that is sure to come: that its journal is not there yet is no answer. */
    public CompletableFuture<Optional<List<Entry>>> expect(String runId, long after, Duration wait) {
        return answer(runId, after, wait, true);
    }

    private CompletableFuture<Optional<List<Entry>>> answer(String runId, long after, Duration wait, boolean expected) {
        CompletableFuture<Optional<List<Entry>>> answer = new CompletableFuture<>();
        if (isAhead(runId, after, wait, answer)) {
            return answer;
        }
        Optional<List<Entry>> read = journal.read(runId);
        List<Entry> all = read.orElse(List.of());
        List<Entry> news = all.stream().filter(entry -> entry.seq() > after).toList();
        boolean over = !all.isEmpty() && all.get(all.size() - 1).event() instanceof Event.RunEnded;
        if (read.isEmpty() && !expected) {
            answer.complete(Optional.empty());
        } else if (!news.isEmpty() || over || wait.isZero() || closed) {
            answer.complete(Optional.of(news));
        }
        return answer;
    }

    /** Joins those who wait. @return whether there is nothing on disk that the waiter does not know, and something will come */
    private synchronized boolean isAhead(
            String runId, long after, Duration wait, CompletableFuture<Optional<List<Entry>>> answer) {
        waiters.add(runId, new Waiters.Waiter(after, clock.nanos() + wait.toNanos(), answer));
        if (wait.toNanos() < EVERY) {
            wake();
        }
        return tracks.of(runId)
                .filter(t -> t.isRead() && !t.isOver() && t.seq() <= after && !closed && !wait.isZero())
                .isPresent();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        waiters.dismiss();
    }
}
