package dev.rollcall.trigger.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All connections. */
final class Lines {
    /** For what a client still sends when it has its answer already; a connection that is closed at once can lose the answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Limits limits;
    private final Map<HttpConnection, Line> open = new ConcurrentHashMap<>();

    Lines(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    void opened(HttpConnection connection) {
        Line line = new Line(vertx, connection);
        open.put(connection, line);
        connection.closeHandler(nothing -> {
            open.remove(connection);
            line.gone();
        });
        line.expect(limits.head());
    }

    /** Of a connection that has been closed meanwhile, a line that is gone. */
    Line of(HttpConnection connection) {
        Line line = open.get(connection);
        if (line != null) {
            return line;
        }
        Line closed = new Line(vertx, connection);
        closed.gone();
        return closed;
    }

    /** @param whole whether the request was read to its end */
    void answered(HttpConnection connection, boolean whole) {
        of(connection).expect(whole ? limits.idle() : LINGER);
    }
}
