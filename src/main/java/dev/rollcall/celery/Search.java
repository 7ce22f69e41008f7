package dev.rollcall.celery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs sources of claims and the trials they lead to side by side, until every main process has answered somewhere. */
final class Search implements AutoCloseable {
    private final Set<Long> mains;
    private final List<Transport.Maker> makers;
    private final Deadline deadline;
    private final Map<Broker, Trial> trials = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Search::thread);
    private int underWay;

    Search(Set<Long> mains, List<Transport.Maker> makers, Deadline deadline) {
        this.mains = mains;
        this.makers = makers;
        this.deadline = deadline;
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
            fresh.forEach(trial -> submit(() -> trial.run(makers, deadline)));
        }
    }

    /** Waits until every main process has answered, nothing is under way, or the time is over. */
    synchronized boolean await(Deadline until) {
        while (!unproven().isEmpty() && underWay > 0 && !until.passed()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, until.left().toNanos());
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

    synchronized List<Trial> trials() {
        return List.copyOf(trials.values());
    }

    /** What is still under way is interrupted, and ignored. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
