package dev.rollcall.celery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs sources of claims and the trials they lead to side by side, until every main process has answered somewhere. */
final class Search implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Search.class.getName());

    /** For a word about where a silent broker is, so that it may be asked again later. */
    private static final Duration MUTE = Duration.ofMillis(1500);

    private static final Duration ENDING = Duration.ofMillis(100);

    private final Set<Long> mains;
    private final List<Transport.Maker> makers;
    private final Duration answer;
    private final Deadline deadline;
    private final Map<Broker, Trial> trials = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Search::thread);
    private final Set<Long> mute = new HashSet<>();
    private Deadline muteUntil;
    private int underWay;

    /** @param answer how long each broker has to be answered over, once it is connected to */
    Search(Set<Long> mains, List<Transport.Maker> makers, Duration answer, Deadline deadline) {
        this.mains = mains;
        this.makers = makers;
        this.answer = answer;
        this.deadline = deadline;
        this.muteUntil = deadline;
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rollcall-celery");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void submit(Runnable work) {
        underWay++;
        threads.execute(() -> {
            try {
                work.run();
            } catch (CancellationException over) {
                LOGGER.log(System.Logger.Level.DEBUG, "nobody waits for this search any more", over);
            } finally {
                ended();
            }
        });
    }

    private synchronized void ended() {
        underWay--;
        notifyAll();
    }

    /** Tries each broker once, whoever claims it. */
    synchronized void consider(List<Claim> claims) {
        List<Trial> fresh = new ArrayList<>();
        for (Claim claim : claims) {
            Trial trial = trials.computeIfAbsent(claim.broker(), broker -> {
                Trial made = new Trial(broker);
                fresh.add(made);
                return made;
            });
            trial.claim(claim);
        }
        if (!threads.isShutdown()) {
            // it has to end before the search does, or its line is lost
            Deadline proof = bounded(deadline).minus(ENDING);
            fresh.forEach(trial -> submit(() -> trial.run(makers, answer, proof)));
        }
    }

    /** The broker of this main process says nothing: whatever is found out about it, nobody will answer there for now. */
    synchronized void mute(long pid) {
        mute.add(pid);
        muteUntil = deadline.atMost(MUTE);
        notifyAll();
    }

    private Deadline bounded(Deadline until) {
        return !mute.isEmpty() && mute.containsAll(unproven()) ? until.atMost(muteUntil.left()) : until;
    }

    /** Waits until every main process has answered, nothing is under way, or the time is over. */
    synchronized boolean await(Deadline until) {
        while (!unproven().isEmpty() && underWay > 0 && !bounded(until).passed()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, bounded(until).left().toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return unproven().isEmpty();
    }

    synchronized Set<Long> unproven() {
        Set<Long> left = new HashSet<>(mains);
        trials.values().forEach(t -> left.removeAll(t.pids()));
        return left;
    }

    synchronized boolean isMute(Worker worker) {
        return mute.contains(worker.pid());
    }

    synchronized List<Trial> trials() {
        return List.copyOf(trials.values());
    }

    /** What is still under way is interrupted, and ignored. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
