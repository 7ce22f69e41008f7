package dev.rollcall.trigger.http;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client at the other end of a connection. */
final class Wire implements Client {
    private static final long PATIENCE_SECONDS = 10;

    private final HttpServerResponse response;
    private final Line line;

    Wire(HttpServerResponse response, Line line) {
        this.response = response;
        this.line = line;
    }

    @Override
    public void whenGone(Runnable then) {
        line.whenGone(then);
    }

    @Override
    public void open(String contentType) {
        response.setChunked(true).putHeader("Content-Type", contentType);
    }

    @Override
    public void send(String text) throws IOException, InterruptedException {
        try {
            response.write(text).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the client has gone", e);
        } catch (TimeoutException e) {
            line.cut();
            throw new IOException("the client takes nothing", e);
        }
    }

    @Override
    public void end() {
        if (!response.ended()) { // also for a client that has gone: Camel would else try to answer it
            response.end();
        }
    }
}
