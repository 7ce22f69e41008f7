package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.ext.web.Router;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The Vert.x server that Camel's platform-http routes are mounted on. Camel's own one knows neither limits of time nor of connections, and goes on without its
 * port if somebody else has it.
 */
final class Server extends ServiceSupport {
    private static final long PATIENCE_SECONDS = 20;

    private final Doorstep doorstep;
    private final Limits limits;
    private final Vertx vertx;
    private final Router router;
    private final Lines lines;
    private final HttpServer server;

    Server(Doorstep doorstep, Limits limits) {
        this.doorstep = doorstep;
        this.limits = limits;
        vertx = vertx(limits);
        router = Router.router(vertx);
        lines = new Lines(vertx, limits);
        server = vertx.createHttpServer(doorstep.options());
    }

    /** Two event loops, few threads, and no files of its own. */
    private static Vertx vertx(Limits limits) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(limits.threads())
                .setInternalBlockingPoolSize(2)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxWorkerExecuteTime(limits.stream().plus(limits.answer()).toMillis())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return new VertxBuilder(options)
                .executorServiceFactory(new WorkerThreads())
                .findTransport(new Threshold(limits.connections()))
                .init()
                .vertx();
    }

    Vertx vertx() {
        return vertx;
    }

    Router router() {
        return router;
    }

    Lines lines() {
        return lines;
    }

    int port() {
        return server.actualPort();
    }

    /** @throws UsageException if it cannot: the port is taken, the certificate is none */
    void listen() throws UsageException, InterruptedException {
        try {
            await(server.connectionHandler(lines::opened)
                    .invalidRequestHandler(this::invalid)
                    .requestHandler(router)
                    .listen(doorstep.port(), doorstep.address()));
        } catch (ExecutionException | TimeoutException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UsageException("tried to listen on " + doorstep.address() + " port " + doorstep.port() + " but "
                    + cause.getMessage() + "; check host, port, cert_file and key_file under triggers.http");
        }
    }

    /** What is no HTTP has no path and no route. */
    private void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        Status status =
                switch (kind) {
                    case "TooLongHttpLineException" -> Status.ADDRESS_TOO_LONG;
                    case "TooLongHttpHeaderException" -> Status.HEADERS_TOO_LARGE;
                    default -> Status.BAD_REQUEST;
                };
        Reply reply = Unrouted.reply(status);
        reply.headers().forEach(request.response()::putHeader);
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Connection", "close")
                .end(Buffer.buffer(reply.body()))
                .onComplete(sent -> request.connection().close());
    }

    @Override
    protected void doStop() throws Exception {
        await(vertx.close());
    }

    private static <T> void await(Future<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
