package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Celery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The looking that goes on beside Camel's start; the steps pick up what it found. */
final class Scouting implements AutoCloseable {
    /** Either what was seen, or why not. */
    private sealed interface Sight {
        record Seen(Site site) implements Sight {}

        record Not(Refusal why) implements Sight {}
    }

    private static final Duration LINE_LIMIT = Duration.ofSeconds(10);

    private final CompletableFuture<Sight> sight;
    private final CompletableFuture<Celery.Line> line;

    Scouting(World world, Request request, Executor threads) {
        sight = CompletableFuture.supplyAsync(() -> look(new Scout(world, request)), threads);
        line = sight.thenApplyAsync(seen -> open(world, request, seen), threads);
    }

    private static Sight look(Scout scout) {
        try {
            return new Sight.Seen(scout.look());
        } catch (Refusal refusal) {
            return new Sight.Not(refusal);
        }
    }

    private static Celery.Line open(World world, Request request, Sight sight) {
        if (sight instanceof Sight.Seen seen) {
            List<ProcessEntry> mains = Scout.mains(seen.site());
            if (!mains.isEmpty()) {
                return world.celery().open(mains, request.celery(), LINE_LIMIT);
            }
        }
        return new NoLine(List.<Finding>of());
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
