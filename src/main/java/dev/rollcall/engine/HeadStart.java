package dev.rollcall.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.impl.DefaultCamelContext;

/** What takes longest to start and depends on nothing: begun before the command line is read. */
public final class HeadStart {
    private final CompletableFuture<DefaultCamelContext> camel;

    private HeadStart(CompletableFuture<DefaultCamelContext> camel) {
        this.camel = camel;
    }

    public static HeadStart begin() {
        CompletableFuture<DefaultCamelContext> camel = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        camel.complete(Pipeline.prepare(Pipeline.ROUTES));
                    } catch (RuntimeException | LinkageError e) {
                        camel.completeExceptionally(e);
                    }
                },
                "head-start");
        thread.setDaemon(true);
        thread.start();
        return new HeadStart(camel);
    }

    /** Once: a context runs one pipeline. */
    DefaultCamelContext camel() {
        try {
            return camel.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Camel does not start", e.getCause());
        }
    }
}
