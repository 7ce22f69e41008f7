package dev.rollcall.trigger.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/** One connection. It is cut if what is expected of its client does not come in time, however much else comes. */
final class Line {
    private final Vertx vertx;
    private final HttpConnection connection;
    private long timer = -1;
    private boolean gone;
    private Runnable then = () -> {};

    Line(Vertx vertx, HttpConnection connection) {
        this.vertx = vertx;
        this.connection = connection;
    }

    synchronized void expect(Duration within) {
        vertx.cancelTimer(timer);
        if (!gone) {
            timer = vertx.setTimer(within.toMillis(), t -> cut());
        }
    }

    void cut() {
        connection.close();
    }

    void whenGone(Runnable told) {
        boolean now;
        synchronized (this) {
            then = told;
            now = gone;
        }
        if (now) {
            told.run();
        }
    }

    void gone() {
        Runnable told;
        synchronized (this) {
            gone = true;
            vertx.cancelTimer(timer);
            told = then;
        }
        told.run();
    }
}
