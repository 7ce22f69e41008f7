package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Celery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The looking that goes on beside Camel's start; the steps pick up what it found. */
final class Scouting implements AutoCloseable {
    /** Either what was seen, or why not. */
    private sealed interface Sight {
        record Seen(Site site) implements Sight {}

        record Not(Refusal why) implements Sight {}
    }

    private static final Duration LINE_LIMIT = Duration.ofSeconds(10);

    private final CompletableFuture<Sight> sight;
    private final CompletableFuture<List<ProcessEntry>> mains;
    private final CompletableFuture<Celery.Line> line;

    Scouting(World world, Run run, Executor threads) {
        Request request = run.request();
        Look look = run.past()
                .<Look>map(past -> new Revisit(world, run, past))
                .orElseGet(() -> new Scout(world, request, run.id(), threads));
        sight = CompletableFuture.supplyAsync(() -> see(look), threads);
        mains = sight.thenApply(seen -> seen instanceof Sight.Seen s ? Scout.mains(world, s.site()) : List.of());
        line = mains.thenApplyAsync(found -> open(world, request, found), threads);
    }

    private static Sight see(Look look) {
        try {
            return new Sight.Seen(look.look());
        } catch (Refusal refusal) {
            return new Sight.Not(refusal);
        }
    }

    private static Celery.Line open(World world, Request request, List<ProcessEntry> mains) {
        return mains.isEmpty()
                ? new NoLine(List.<Finding>of())
                : world.celery().open(mains, request.celery(), LINE_LIMIT);
    }

    /** Pids of mains, and of what may be one, when the line was opened. */
    Set<Long> asked() {
        return join(mains).stream().map(ProcessEntry::pid).collect(Collectors.toSet());
    }

    Site site() throws Refusal {
        Sight seen = join(sight);
        if (seen instanceof Sight.Not not) {
            throw not.why();
        }
        return ((Sight.Seen) seen).site();
    }

    Celery.Line line() {
        return join(line);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        line.thenAccept(Celery.Line::close);
    }
}
