package dev.rollcall.trigger.events;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A few threads that send what the open runs have to send: one event of a run, then its next, or another run's. */
final class Carriers implements AutoCloseable {
    private static final int THREADS = 4;
    private static final System.Logger LOGGER = System.getLogger(Carriers.class.getName());

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, Carriers::thread);
    private final Terms terms;
    private final OpenRuns open;
    private final OutboxFolder folder;
    private final Parking parking;
    private final InstantSource time;
    private final Dispatch dispatch;
    private final BiConsumer<String, OutboxFolder.Settled> settled;

    /** @param settled is told of each run that is delivered to its end */
    Carriers(
            Terms terms,
            OpenRuns open,
            OutboxFolder folder,
            Parking parking,
            InstantSource time,
            Dispatch dispatch,
            BiConsumer<String, OutboxFolder.Settled> settled) {
        this.terms = terms;
        this.open = open;
        this.folder = folder;
        this.parking = parking;
        this.time = time;
        this.dispatch = dispatch;
        this.settled = settled;
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setKeepAliveTime(10, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rollcall-outbox");
        thread.setDaemon(true);
        return thread;
    }

    void carry(Consignment run) {
        after(Duration.ZERO, run);
    }

    private void after(Duration wait, Consignment run) {
        if (!threads.isShutdown()) {
            threads.schedule(() -> step(run), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void step(Consignment run) {
        open.looking(run);
        try {
            Optional<JournalLine> next = run.next();
            if (next.isPresent()) {
                send(run, next.get());
            } else {
                rest(run);
            }
        } catch (NoSuchFileException pruned) {
            lost(run);
        } catch (IOException | RuntimeException e) { // a defect in one run's events must not hold up the others'
            again(run, Receipt.again(e.toString()), "the next event");
        }
    }

    private void send(Consignment run, JournalLine line) throws IOException {
        Letter letter = run.letter(line, terms.host());
        Receipt receipt = isTooOld(line)
                ? new Receipt(
                        Receipt.Kind.PARKED, "it is older than " + terms.age().toDays() + " days", Optional.empty())
                : dispatch.send(letter);
        if (receipt.kind() == Receipt.Kind.AGAIN) {
            again(run, receipt, "event " + letter.seq());
            return;
        }
        if (receipt.kind() == Receipt.Kind.PARKED) {
            parking.put(letter, receipt.words(), time.instant());
        }
        run.done(line);
        remember(letter);
        carry(run);
    }

    private boolean isTooOld(JournalLine line) {
        return line.entry().at().plus(terms.age()).isBefore(time.instant());
    }

    /** What cannot be remembered is sent again by the next engine: better twice than never. */
    private void remember(Letter letter) {
        try {
            folder.delivered(letter.runId(), letter.seq());
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "tried to note that event {0} is delivered but {1}; it will come twice if the engine ends now",
                    letter.id(),
                    e.toString());
        }
    }

    private void again(Consignment run, Receipt receipt, String what) {
        if (threads.isShutdown()) {
            return; // what fails while the engine ends is sent by the next one
        }
        int failed = run.failed();
        Duration wait = terms.backoff()
                .before(failed, receipt.notBefore(), ThreadLocalRandom.current().nextDouble());
        if (Integer.bitCount(failed) == 1) { // the first time, then ever more rarely
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "tried to send {0} of run {1} but {2}; attempt {3} was the last of a row, the next is in {4} s",
                    what,
                    run.runId(),
                    receipt.words(),
                    failed,
                    wait.toSeconds());
        }
        after(wait, run);
    }

    private void rest(Consignment run) throws IOException {
        boolean more;
        if (run.isOver()) {
            OutboxFolder.Settled end = run.settled();
            folder.settle(run.runId(), end);
            more = open.isCalledAtItsEnd(run, () -> settled.accept(run.runId(), end));
        } else {
            more = open.isCalled(run);
        }
        if (more) {
            carry(run);
        }
    }

    private void lost(Consignment run) {
        LOGGER.log(
                System.Logger.Level.WARNING,
                "tried to send events of run {0} but its journal has been removed; what was not sent is lost",
                run.runId());
        try {
            folder.remove(run.runId());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "tried to forget run {0} but {1}", run.runId(), e.toString());
        }
        open.isCalledAtItsEnd(run, () -> {});
    }

    /** A receiver that says nothing is not waited for: what it may have taken comes again from the next engine. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
