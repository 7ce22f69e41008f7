package dev.rollcall.trigger.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Brings requests to the disk. Whoever comes while it writes is served together with the others by the next flush. */
final class Scribe {
    private record Job(String runId, String line, CompletableFuture<Void> written) {}

    private final QueueFolder folder;
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    Scribe(QueueFolder folder) {
        this.folder = folder;
        Thread thread = new Thread(this::work, "scribe");
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when the line is on disk, or with the {@link IOException} that kept it from there. */
    CompletableFuture<Void> write(String runId, String line) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        jobs.add(new Job(runId, line, written));
        return written;
    }

    private void work() {
        try {
            while (true) {
                List<Job> batch = new ArrayList<>(List.of(jobs.take()));
                jobs.drainTo(batch);
                Map<String, List<Job>> byRun = new LinkedHashMap<>();
                batch.forEach(job -> byRun.computeIfAbsent(job.runId(), id -> new ArrayList<>())
                        .add(job));
                byRun.forEach(this::write);
            }
        } catch (InterruptedException e) {
            jobs.forEach(job -> job.written().completeExceptionally(new IOException("the engine has stopped")));
        }
    }

    private void write(String runId, List<Job> of) {
        try {
            folder.append(runId, of.stream().map(Job::line).toList());
            of.forEach(job -> job.written().complete(null));
        } catch (IOException | UncheckedIOException e) {
            of.forEach(job -> job.written().completeExceptionally(e));
        }
    }
}
