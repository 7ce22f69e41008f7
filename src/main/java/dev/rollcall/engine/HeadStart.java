package dev.rollcall.engine;

import dev.rollcall.json.EventCodec;
import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;

/** What takes longest to start and depends on nothing: begun before the command line is read. */
public final class HeadStart {
    private final Supplier<DefaultCamelContext> prepare;
    private final CompletableFuture<DefaultCamelContext> camel;
    private final AtomicBoolean taken = new AtomicBoolean();

    private HeadStart(Supplier<DefaultCamelContext> prepare) {
        this.prepare = prepare;
        this.camel = background(prepare);
    }

    /** With the packaged routes: what a configuration says is not known yet. */
    public static HeadStart begin() {
        background(EventCodec::warmUp);
        return with(RouteFiles.PACKAGED);
    }

    public static HeadStart with(RouteFiles files) {
        return new HeadStart(() -> Pipeline.prepare(files));
    }

    /** For a run that must be finished although its routes cannot be used. */
    public static HeadStart without(BrokenRoute routes) {
        return new HeadStart(() -> {
            throw routes;
        });
    }

    private static <T> CompletableFuture<T> background(Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(work.get());
                    } catch (RuntimeException | LinkageError e) {
                        future.completeExceptionally(e);
                    }
                },
                "head-start");
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    /** A context runs one pipeline: whoever comes second gets one of its own. */
    DefaultCamelContext camel() {
        if (taken.getAndSet(true)) {
            return prepare.get();
        }
        try {
            return camel.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BrokenRoute broken) {
                throw broken;
            }
            throw new IllegalStateException("Camel does not start", e.getCause());
        }
    }
}
